package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New versions that crash after their first moment, on a real store and a simulated Nomad. */
class SurvivorsFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void versionThatCrashesBeforeNomadEndsTheDeploymentIsRolledBack() {
        promote("1", Promotion.State.SUCCEEDED);
        crashes("two", Duration.ofSeconds(1));
        Promotion failed = promote("2", Promotion.State.ROLLED_BACK);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(failed.getStateMessage())
                .contains(
                        "Deployment completed successfully, but 0 of 2 allocations of group g run")
                .contains("task t: Terminated: Exit Code: 1")
                .contains("Nomad replaces it no more");
        assertThat(nomad.allocations("staging", "web"))
                .filteredOn(Allocation::serving)
                .hasSize(2)
                .allMatch(one -> one.jobVersion() == 2);
    }

    @Test
    void rolloutIsWaitedForWhileNomadReplacesWhatFailed() {
        crashes("1", Duration.ofSeconds(2));
        String promotion = lab.promote(release("1", rescheduled()), TestNouns.STAGING);
        engine.until(LONG, () -> !lab.phase(promotion, "web").getDeploymentId().isEmpty());
        // The gateway does not look in between.
        time.advance(Duration.ofSeconds(3));
        engine.until(
                LONG,
                () -> lab.phase(promotion, "web").getMessage().contains("for Nomad to replace it"));
        nomad.workloads((job, group) -> Workload.HEALTHY);
        engine.until(LONG, () -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(nomad.allocations("staging", "web")).hasSize(4);
    }

    private void crashes(String value, Duration after) {
        nomad.workloads((job, group) ->
                job.toString().contains('"' + value + '"')
                        ? new Workload.Crashes(after, 1)
                        : Workload.HEALTHY);
    }

    private Promotion promote(String id, Promotion.State state) {
        String value = id.equals("1") ? "one" : "two";
        TestJobs web = TestJobs.service("web").count(2).release(value);
        String promotion = lab.promote(release(id, web), TestNouns.STAGING);
        engine.until(LONG, () -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
        return lab.promotion(promotion);
    }

    private static TestJobs rescheduled() {
        return TestJobs.service("web").count(2).release("1").rescheduled(Duration.ofSeconds(10));
    }

    private String release(String id, TestJobs web) {
        return lab.nouns().release(id, Map.of("web", web.json()));
    }
}
