package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollbacks after failures that were left as they were, on a simulated Nomad. */
class LeftBehindTest {
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
        lab.nouns().declare("staging", "prod", Map.of("db", 0, "web", 1, "api", 2));
        nomad.workloads((job, group) ->
                job.toString().contains("bad") ? Workload.CRASHING : Workload.HEALTHY);
        on("ROLLBACK");
        promote("1", Map.of("db", "one", "web", "one", "api", "one"), Promotion.State.SUCCEEDED);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void rollbackBringsBackWhatAHaltedPromotionChangedBefore() {
        halted();
        Promotion failed =
                promote(
                        "3",
                        Map.of("db", "bad-3", "web", "three", "api", "one"),
                        Promotion.State.ROLLED_BACK);
        Promotion rollback = lab.promotion(failed.getRolledBackBy());
        assertThat(rollback.getPlan().getJobsList())
                .extracting(JobPlan::getJob)
                .containsExactlyInAnyOrder("db", "web");
        assertThat(rollback.getReason()).contains("changed and left before: web");
        assertThat(running()).containsExactlyInAnyOrder("db one", "web one", "api one");
        assertThat(lab.states(TestNouns.STAGING).getCondition())
                .isEqualTo(EnvironmentState.Condition.INTACT);
        promote(
                "4",
                Map.of("db", "bad-4", "web", "four", "api", "one"),
                Promotion.State.ROLLED_BACK);
        assertThat(
                        lab.promotion(lab.states(TestNouns.STAGING).getLastPromotion())
                                .getRolledBackBy())
                .satisfies(last ->
                        assertThat(lab.promotion(last).getPlan().getJobsList())
                                .extracting(JobPlan::getJob)
                                .containsExactly("db"));
    }

    @Test
    void rollbackBringsBackWhatAPromotionChangedThatAPersonGaveUp() {
        on("HOLD");
        Promotion held =
                promote(
                        "2",
                        Map.of("db", "two", "web", "bad-2", "api", "one"),
                        Promotion.State.HELD);
        lab.cancel(held.getName());
        assertThat(lab.promotion(held.getName()).getState()).isEqualTo(Promotion.State.FAILED);
        on("ROLLBACK");
        promote(
                "3",
                Map.of("db", "bad-3", "web", "three", "api", "one"),
                Promotion.State.ROLLED_BACK);
        assertThat(running()).containsExactlyInAnyOrder("db one", "web one", "api one");
    }

    @Test
    void whatSomebodyElseMadeOfAJobThatWasLeftStaysTheirs() {
        halted();
        ObjectNode theirs = service("web", "theirs").json();
        nomad.register(
                "staging",
                theirs,
                nomad.job("staging", "web").orElseThrow().indexes().spec(),
                Submission.NONE);
        time.advance(Duration.ofSeconds(10));
        Promotion failed =
                promote(
                        "3",
                        Map.of("db", "bad-3", "web", "three", "api", "one"),
                        Promotion.State.ROLLED_BACK);
        assertThat(running()).containsExactlyInAnyOrder("db one", "web theirs", "api one");
        assertThat(lab.promotion(failed.getRolledBackBy()).getPlan().getStepsList())
                .contains("leave as somebody else made them since: web");
    }

    @Test
    void releaseThatSucceedsLeavesNothingToBringBack() {
        halted();
        on("ROLLBACK");
        promote(
                "3",
                Map.of("db", "three", "web", "three", "api", "one"),
                Promotion.State.SUCCEEDED);
        Promotion failed =
                promote(
                        "4",
                        Map.of("db", "bad-4", "web", "three", "api", "one"),
                        Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(failed.getRolledBackBy()).getPlan().getJobsList())
                .extracting(JobPlan::getJob)
                .containsExactly("db");
        assertThat(running()).containsExactlyInAnyOrder("db three", "web three", "api one");
    }

    /** Web is left in a version that does not run; the others are as they were. */
    private void halted() {
        on("HALT");
        promote("2", Map.of("db", "one", "web", "bad-2", "api", "one"), Promotion.State.FAILED);
        on("ROLLBACK");
    }

    private void on(String failure) {
        lab.nouns()
                .strategy(
                        Strategy.newBuilder()
                                .setOnFailure(Strategy.OnFailure.valueOf(failure))
                                .build());
    }

    /** What serves, as "job value". */
    private Set<String> running() {
        return Set.of("db", "web", "api").stream()
                .filter(job ->
                        nomad.allocations("staging", job).stream().anyMatch(Allocation::serving))
                .map(job ->
                        job
                                + " "
                                + nomad.job("staging", job)
                                        .orElseThrow()
                                        .spec()
                                        .at("/TaskGroups/0/Tasks/0/Env/RELEASE")
                                        .asText())
                .collect(Collectors.toSet());
    }

    private Promotion promote(String id, Map<String, String> values, Promotion.State state) {
        String promotion =
                lab.promote(
                        lab.nouns()
                                .release(
                                        id,
                                        values.entrySet().stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                Map.Entry::getKey,
                                                                one ->
                                                                        service(
                                                                                        one
                                                                                                .getKey(),
                                                                                        one
                                                                                                .getValue())
                                                                                .json()))),
                        TestNouns.STAGING);
        engine.until(
                LONG,
                () ->
                        lab.promotion(promotion).getState() == state
                                || PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
        return lab.promotion(promotion);
    }

    private static TestJobs service(String job, String value) {
        return TestJobs.service(job).minHealthy(Duration.ofSeconds(1)).release(value);
    }
}
