package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Going back on a real Nomad: to exactly what was, and no allocation more than needed. */
class RealRollbackTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final PromotionLab lab =
            new PromotionLab(NOMAD.clusters(), InstantSource.system(), EngineLimits.DEFAULT);
    private final Engine engine = lab.engine();
    private String namespace = "";

    @BeforeEach
    void declare() {
        namespace = NOMAD.freshNamespace();
        lab.nouns()
                .declare(namespace, NOMAD.freshNamespace(), Map.of("db", 0, "web", 1, "api", 1))
                .strategy(
                        Strategy.newBuilder()
                                .setCanary(CanaryStrategy.newBuilder().setCount(1))
                                .build());
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        lab.close();
    }

    @Test
    void failingCanaryGivesWayToTheSameSpecificationAndGoodAllocationsKeepRunning() {
        ended(release("1", "one", 3), Promotion.State.SUCCEEDED);
        Set<String> before = running("web");
        assertThat(before).hasSize(3);
        // Whatever was rendered now would have it.
        lab.nouns().jobBaseline("staging", JobBaseline.newBuilder().putEnv("ZONE", "new").build());
        Map<String, TestJobs> jobs = jobs("two", 3);
        // Longer than it takes to crash: else Nomad may call the canary healthy first.
        jobs.put("web", service("web", "two", 3).minHealthy(Duration.ofSeconds(1)).crashing());
        Promotion failed = ended(release("2", jobs), Promotion.State.ROLLED_BACK);
        Promotion rollback = lab.promotion(failed.getRolledBackBy());
        assertThat(rollback.getState()).isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(running("web")).isEqualTo(before);
        List<JobVersion> versions = versions("web");
        assertThat(versions).hasSize(3);
        assertThat(bare(versions.getFirst())).isEqualTo(bare(versions.getLast()));
        assertThat(bare(versions.get(1))).isNotEqualTo(bare(versions.getLast()));
        assertThat(versions.getFirst().spec().toString()).doesNotContain("ZONE");
    }

    @Test
    void rollbackOfAFinishedRolloutIsNotHeldByCanariesAndTurnsTheWavesRound() {
        Promotion first = ended(release("1", "one", 2), Promotion.State.SUCCEEDED);
        Map<String, TestJobs> jobs = jobs("two", 2);
        jobs.put("api", service("api", "one", 2));
        ended(release("2", jobs), Promotion.State.SUCCEEDED);
        Set<String> kept = running("api");
        RollbackApplicationRequest request =
                RollbackApplicationRequest.newBuilder()
                        .setName(TestNouns.APPLICATION)
                        .setEnvironment(TestNouns.STAGING)
                        .setReason("2 is slow")
                        .build();
        Promotion preview = call(request.toBuilder().setValidateOnly(true).build());
        assertThat(preview.getPlan().getJobsList())
                .extracting(JobPlan::getJob, JobPlan::getWave)
                .contains(tuple("web", 0), tuple("db", 1));
        assertThat(preview.getPlan().getJobsList())
                .flatExtracting(job -> job.getDesiredUpdatesMap().values())
                .extracting(DesiredUpdates::getCanary)
                .containsOnly(0L);

        Promotion rollback = ended(call(request).getName(), Promotion.State.SUCCEEDED);

        assertThat(specs(rollback)).isEqualTo(specs(first));
        assertThat(running("api")).isEqualTo(kept);
        assertThat(versions("api")).hasSize(1);
        List<JobVersion> web = versions("web");
        List<JobVersion> db = versions("db");
        assertThat(bare(web.getFirst())).isEqualTo(bare(web.getLast()));
        assertThat(bare(db.getFirst())).isEqualTo(bare(db.getLast()));
        assertThat(web.getFirst().submitTime()).isBefore(db.getFirst().submitTime());
        assertThat(NOMAD.cluster().latestDeployment(namespace, "web").orElseThrow().groups())
                .allSatisfy((group, its) -> assertThat(its.desiredCanaries()).isZero());
    }

    private Promotion call(RollbackApplicationRequest request) {
        return (Promotion) lab.call("RollbackApplication", PromotionLab.DEVELOPER, request);
    }

    /** What runs, without what the strategy and Nomad own. */
    private static JsonNode bare(JobVersion version) {
        ObjectNode spec = version.spec().deepCopy();
        spec.remove(
                List.of(
                        "Update",
                        "Version",
                        "VersionTag",
                        "Stable",
                        "Status",
                        "StatusDescription",
                        "SubmitTime",
                        "CreateIndex",
                        "ModifyIndex",
                        "JobModifyIndex"));
        spec.path("TaskGroups").forEach(group -> ((ObjectNode) group).remove("Update"));
        return spec;
    }

    private static Map<String, String> specs(Promotion promotion) {
        return promotion.getPlan().getJobsList().stream()
                .collect(Collectors.toMap(JobPlan::getJob, JobPlan::getSpecDigest));
    }

    private Set<String> running(String job) {
        return NOMAD.cluster().allocations(namespace, job).stream()
                .filter(Allocation::serving)
                .map(Allocation::id)
                .collect(Collectors.toSet());
    }

    private List<JobVersion> versions(String job) {
        List<JobVersion> versions = new ArrayList<>(NOMAD.cluster().versions(namespace, job));
        versions.sort(Comparator.comparingLong(JobVersion::version).reversed());
        return versions;
    }

    private Promotion ended(String releaseOrPromotion, Promotion.State state) {
        String promotion =
                releaseOrPromotion.contains("/promotions/")
                        ? releaseOrPromotion
                        : lab.promote(releaseOrPromotion, TestNouns.STAGING);
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
        return lab.promotion(promotion);
    }

    private String release(String id, String value, int count) {
        return release(id, jobs(value, count));
    }

    private String release(String id, Map<String, TestJobs> jobs) {
        return lab.nouns()
                .release(
                        id,
                        jobs.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                entry -> entry.getValue().json())));
    }

    private static Map<String, TestJobs> jobs(String value, int count) {
        Map<String, TestJobs> jobs = new HashMap<>();
        List.of("db", "web", "api").forEach(job -> jobs.put(job, service(job, value, count)));
        return jobs;
    }

    private static TestJobs service(String job, String value, int count) {
        return TestJobs.service(job).count(count).release(value);
    }
}
