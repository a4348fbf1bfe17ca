package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.nomad.RealNomad;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Releases that cannot run, and clusters that cannot run them: said before Nomad is changed. */
class BadReleaseTest {
    private static final String RELEASES = "projects/shop/applications/web/releases?releaseId=";
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir static Path directory;
    private static Shop shop;
    private static String good = "";

    @BeforeAll
    static void open() {
        shop = Shop.open(NOMAD, directory);
        good = shop.release("good", Jobspecs.WEB);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void unparsableJobspecIsRefusedWithNomadsMessageAndLine() {
        Answer answer =
                shop.refused(
                        "POST",
                        RELEASES + "broken",
                        Shop.job(Jobspecs.WEB.replace("count = 1", "count = = 1")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("JOBSPEC_INVALID");
        assertThat(answer.field()).isEqualTo("release.jobs[0].jobspec");
        assertThat(answer.message())
                .contains("Failed to parse job: input.hcl:9,13-14: Invalid expression");
    }

    @Test
    void unknownDriverIsNamedAsTheOneThatNoNodeHas() {
        String release = shop.release("driver", Jobspecs.WEB.replace("\"raw_exec\"", "\"dokcer\""));
        JsonNode plan = explain(release, "staging").succeeded().path("plan").path("jobs").path(0);
        assertThat(plan.path("placementFailures").path(0).path("message").asText())
                .contains("no place for 1 allocation", "missing drivers (the group uses dokcer)");
    }

    @Test
    void whatTheBaselineForbidsIsRefusedWithItsPathInTheJob() {
        String release = shop.release("exec", Jobspecs.WEB.replace("\"raw_exec\"", "\"exec\""));
        JsonNode failed = shop.ended(shop.promote(Shop.ROOT, "exec", release, Shop.STAGING));
        assertThat(failed.path("failureCause").asText()).isEqualTo("PLAN_FAILED");
        assertThat(failed.path("stateMessage").asText())
                .contains(
                        "job \"web\" > group \"g\" > task \"t\" > driver: \"exec\" is not allowed in "
                                + Shop.STAGING,
                        "which allows raw_exec, dokcer");
    }

    @Test
    void jobThatFitsNowhereIsToldInNomadsCounts() {
        String release =
                shop.release("huge", Jobspecs.WEB.replace("memory = 10", "memory = 9000000"));
        JsonNode plan = explain(release, "staging").succeeded().path("plan").path("jobs").path(0);
        assertThat(plan.path("placementFailures").path(0).path("message").asText())
                .contains("1 of 1 nodes without room (memory: 1)");

        JsonNode failed = shop.ended(shop.promote(Shop.ROOT, "huge", release, Shop.STAGING));
        assertThat(failed.path("failureCause").asText()).isEqualTo("PLACEMENT_FAILED");
        assertThat(failed.path("stateMessage").asText())
                .contains("1 nodes evaluated", "memory exhausted on 1");
    }

    @Test
    void missingNamespaceIsNamedWithWhatToDo() {
        place("ghost", NOMAD.agent().address(), "env:NOMAD_TOKEN", "no-such-namespace");
        JsonNode explained = explain(good, "ghost").succeeded();
        assertThat(explained.path("state").asText()).isEqualTo("FAILED");
        assertThat(explained.path("message").asText())
                .contains(
                        "clusters/ghost refused to plan job \"web\"",
                        "nonexistent namespace \"no-such-namespace\"",
                        "create it in Nomad (nomad namespace apply)");
    }

    @Test
    void nomadThatIsDownIsNamedWithItsAddressAndThePromotionWaitsForIt() {
        place("down", NOBODY, "env:NOMAD_TOKEN", NOMAD.freshNamespace());
        Answer answer = explain(good, "down");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("NOMAD_UNREACHABLE");
        assertThat(answer.message())
                .contains(
                        "clusters/down was asked to parse a jobspec",
                        NOBODY
                                + ": Connection refused: /127.0.0.1:1; see whether Nomad runs there");
        assertThat(answer.detail("RetryInfo").has("retryDelay")).isTrue();

        String promotion = shop.promote(Shop.ROOT, "down", good, "projects/shop/environments/down");
        await().untilAsserted(() ->
                assertThat(shop.get(promotion).path("stateMessage").asText())
                        .contains("clusters/down does not answer since", "tries again"));
        shop.call(
                        Shop.ROOT,
                        "PATCH",
                        "clusters/down",
                        Shop.cluster(NOMAD.agent().address(), "env:NOMAD_TOKEN"))
                .succeeded();
        assertThat(shop.ended(promotion).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void tokenThatNomadDoesNotKnowIsToldWithoutItself() {
        place("wrong", NOMAD.agent().address(), "env:WRONG_TOKEN", "default");
        Answer answer = explain(good, "wrong");
        assertThat(answer.reason()).isEqualTo("NOMAD_PERMISSION_DENIED");
        assertThat(answer.message())
                .contains(
                        "clusters/wrong refused", "Permission denied", "check the cluster's token");
    }

    @Test
    void tokenReferenceThatIsNotSetIsNamed() {
        place("unset", NOMAD.agent().address(), "env:NOT_SET", "default");
        Answer answer = explain(good, "unset");
        assertThat(answer.reason()).isEqualTo("CLUSTER_SETTINGS_INVALID");
        assertThat(answer.message())
                .contains("token of clusters/unset: env:NOT_SET is not set in the environment");
    }

    @Test
    void staleDigestIsNotApproved() {
        shop.ended(shop.promote(Shop.ROOT, "first", good, Shop.STAGING));
        String promotion = shop.promote(Shop.ROOT, "prod", good, Shop.PROD);
        var seen = shop.reaches(promotion, "PENDING_APPROVAL");
        String present = seen.path("plan").path("digest").asText();
        String stale = "0".repeat(64);
        Answer answer =
                shop.refused(
                        "POST",
                        promotion + ":approve",
                        "{\"planDigest\": \"%s\", \"etag\": %s}"
                                .formatted(stale, seen.path("etag")));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("PLAN_DIGEST_CHANGED");
        assertThat(answer.message())
                .contains("you approve " + stale, "the plan is now " + present, "look at its plan");
    }

    /** An environment of the pipeline's last stage on a cluster of its own. */
    private static void place(String id, URI server, String token, String namespace) {
        shop.post("clusters?clusterId=" + id, Shop.cluster(server, token));
        shop.environment(id, id, namespace);
        JsonNode stages = shop.get("projects/shop/pipelines/main").path("stages");
        String more =
                stages.toString().replaceFirst("]$", "")
                        + ", {\"id\": \"%s\", \"environments\": [\"projects/shop/environments/%s\"]}]"
                                .formatted(id, id);
        shop.call(Shop.ROOT, "PATCH", "projects/shop/pipelines/main", "{\"stages\": " + more + "}")
                .succeeded();
    }

    private static Answer explain(String release, String environment) {
        return shop.call(
                Shop.ROOT,
                "GET",
                "projects/shop/promotions:explain?release=%s&environment=projects/shop/environments/%s"
                        .formatted(release, environment),
                "");
    }
}
