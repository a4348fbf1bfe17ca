package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState.Phase;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only the real Nomad can show: HCL, access control, the source beside a version. */
class RealNomadAdapterTest {

    private static final String JOBSPEC =
            """
            variable "count" {
              type = number
            }
            variable "image" {
              type    = string
              default = "web:1"
            }
            job "web" {
              group "g" {
                count = var.count
                task "t" {
                  driver = "raw_exec"
                  env {
                    IMAGE = var.image
                  }
                  config {
                    command = "/bin/sleep"
                    args    = ["1000"]
                  }
                }
              }
            }
            """;

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private NomadCluster nomad;
    private String namespace;

    @BeforeEach
    void useFreshNamespace() {
        nomad = NOMAD.cluster();
        namespace = NOMAD.freshNamespace();
    }

    @Test
    void hclIsParsedWithVariablesAndWithoutDefaults() {
        ObjectNode job = nomad.parse(namespace, JOBSPEC, "count = 2\nunknown = 1\n");

        JsonNode group = job.path("TaskGroups").path(0);
        assertThat(job.path("ID").asText()).isEqualTo("web");
        assertThat(job.path("Datacenters").isNull()).isTrue();
        assertThat(group.path("Count").asInt()).isEqualTo(2);
        assertThat(group.path("Update").isNull()).isTrue();
        assertThat(group.path("Tasks").path(0).path("Env").path("IMAGE").asText())
                .isEqualTo("web:1");
    }

    @Test
    void parsedJobCanBePlannedAndRegistered() {
        ObjectNode job = nomad.parse(namespace, JOBSPEC, "count = 1");

        assertThat(nomad.plan(namespace, job).placementFailures()).isEmpty();
        nomad.register(namespace, job, 0, new Submission(JOBSPEC, "hcl2", "count = 1"));

        JsonNode submission =
                NOMAD.agent().api().get("/v1/job/web/submission?version=0&namespace=" + namespace);
        assertThat(submission.path("Source").asText()).isEqualTo(JOBSPEC);
        assertThat(submission.path("Variables").asText()).isEqualTo("count = 1");
    }

    @Test
    void jobspecErrorsNameLineColumnAndCause() {
        assertThat(invalid("job \"web\" {\n  group \"g\" {\n", ""))
                .contains("input.hcl:2,13-14: Unclosed configuration block");
        assertThat(invalid(JOBSPEC, "")).contains("Unset variable \"count\"");
        assertThat(invalid(JOBSPEC, "count = \"many\"")).contains("a number is required");
        assertThat(invalid(JOBSPEC, "count = \n")).contains("input.hcl:1,9-2,1: ");
        assertThat(invalid("", "")).contains("Job spec is empty");
        assertThat(invalid("job \"web\" {\n  meta { a = file(\"/etc/passwd\") }\n}\n", ""))
                .contains("filesystem function disabled");
    }

    @Test
    void tokenWithoutRightsIsDeniedEverywhere() {
        NomadCluster bare = NOMAD.clusterWithToken(clientToken("list-jobs"));
        ObjectNode job = TestJobs.service("web").json();

        refused(Reason.NOMAD_PERMISSION_DENIED, () -> bare.parse(namespace, JOBSPEC, "count = 1"));
        refused(Reason.NOMAD_PERMISSION_DENIED, () -> bare.plan(namespace, job));
        refused(
                Reason.NOMAD_PERMISSION_DENIED,
                () -> bare.register(namespace, job, 0, Submission.NONE));
        refused(Reason.NOMAD_PERMISSION_DENIED, () -> bare.job(namespace, "web"));
        assertThat(bare.status().leader()).isNotEmpty();
        assertThat(bare.status().version()).isEmpty();
    }

    @Test
    void unknownAndMalformedTokensAreDenied() {
        for (String token : List.of("garbage", "00000000-0000-4000-8000-000000000000")) {
            NomadCluster stranger = NOMAD.clusterWithToken(token);

            refused(
                    Reason.NOMAD_PERMISSION_DENIED,
                    () -> stranger.parse(namespace, JOBSPEC, "count = 1"));
            assertThat(
                            refused(
                                            Reason.NOMAD_PERMISSION_DENIED,
                                            () -> stranger.job(namespace, "web"))
                                    .text())
                    .doesNotContain(token);
        }
    }

    @Test
    void watchOfForeignNamespaceIsDeniedAndTheOwnOneIsNot() {
        NomadCluster reader = NOMAD.clusterWithToken(clientToken("read-job"));
        List<JobHint> hints = new CopyOnWriteArrayList<>();

        try (Watch own = reader.watch(namespace, hints::add);
                Watch foreign = reader.watch("default", hints::add);
                Watch all = reader.watch(NomadCluster.ALL_NAMESPACES, hints::add)) {
            await().until(() -> own.state().phase() == Phase.LIVE);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> foreign.state().phase() == Phase.DENIED);
            await().atMost(Duration.ofSeconds(20)).until(() -> all.state().phase() == Phase.DENIED);
            assertThat(foreign.state().detail()).contains("\"default\"");
        }
    }

    @Test
    void planOfJobThatAnotherTokenRegisteredShowsTheInPlaceUpdate() {
        ObjectNode job = TestJobs.service("web").json();
        NomadCluster other = NOMAD.clusterWithToken(clientToken("submit-job", "read-job"));
        other.register(namespace, job, 0, Submission.NONE);
        await().until(() -> nomad.latestDeployment(namespace, "web").isPresent());

        assertThat(nomad.plan(namespace, job).diffType()).isEqualTo("None");
        assertThat(inPlace(nomad, job)).isEqualTo(1);
        assertThat(inPlace(other, job)).isZero();
    }

    private long inPlace(NomadCluster cluster, ObjectNode job) {
        return Objects.requireNonNull(cluster.plan(namespace, job).desiredUpdates().get("g"))
                .inPlaceUpdate();
    }

    private String clientToken(String... capabilities) {
        return NOMAD.agent().clientToken(namespace, List.of(capabilities));
    }

    private String invalid(String jobspec, String variables) {
        return refused(Reason.JOBSPEC_INVALID, () -> nomad.parse(namespace, jobspec, variables))
                .text();
    }

    private static GatewayException refused(Reason reason, ThrowingCallable call) {
        GatewayException refusal =
                Objects.requireNonNull(
                        catchThrowableOfType(GatewayException.class, call), "not refused");
        assertThat(refusal.reason()).as(refusal.text()).isEqualTo(reason);
        return refusal;
    }
}
