package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.FailureCause;
import dev.drover.v1.JobRun;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Promotion;
import dev.drover.v1.ResumePromotionRequest;
import dev.drover.v1.Undecided;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strategies phase by phase, on a real store and a simulated Nomad. */
class StrategyFlowTest {
    private static final Duration LONG = Duration.ofMinutes(2);

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
    void canaryGoesInStepsAndBakesAtEach() {
        succeeds(release("1", 10));
        lab.nouns().strategy(Strategies.steps(10, 50, 100));
        String promotion = lab.promote(release("2", 10), TestNouns.STAGING);
        at(promotion, "canary-10-bake");
        assertThat(serving("2")).isEqualTo(1);
        assertThat(serving("1")).isEqualTo(10);
        at(promotion, "canary-50-bake");
        pass(Duration.ofSeconds(4));
        assertThat(serving("2")).isEqualTo(5);
        assertThat(serving("1")).isEqualTo(5);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(serving("2")).isEqualTo(10);
        assertThat(phases(promotion))
                .containsExactly(
                        "canary-10",
                        "canary-10-bake",
                        "canary-50",
                        "canary-50-bake",
                        "stable",
                        "stable-bake");
        assertThat(nomad.registrations()).hasSize(2);
    }

    @Test
    void planTellsEveryPhaseAndHowFarAnAbortGoesBack() {
        succeeds(release("1", 10));
        lab.nouns().strategy(Strategies.byHand(10, 50));
        String promotion = lab.promote(release("2", 10), TestNouns.STAGING);
        at(promotion, "canary-10-decision");
        assertThat(lab.promotion(promotion).getPlan().getStepsList())
                .anySatisfy(step ->
                        assertThat(step)
                                .contains(
                                        "canary-10: register it; Nomad places 1 canary of group \"g\"")
                                .contains("an abort here: the canaries are stopped"))
                .anySatisfy(step ->
                        assertThat(step)
                                .contains("until 5 of 10 of group \"g\" have the new version"))
                .anySatisfy(step ->
                        assertThat(step)
                                .contains(
                                        "wait for a person to advance it, 1h at most; then abort"));
    }

    @Test
    void stepByHandIsAdvancedOneByOne() {
        succeeds(release("1", 4));
        lab.nouns().strategy(Strategies.byHand(25, 50));
        String promotion = lab.promote(release("2", 4), TestNouns.STAGING);
        at(promotion, "canary-25-decision");
        lab.advance(promotion);
        at(promotion, "canary-50-decision");
        assertThat(serving("2")).isEqualTo(2);
        lab.advance(promotion);
        assertThatThrownBy(() -> lab.advance(promotion))
                .hasMessageContaining("none of its phases waits");
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void stepThatNobodyDecidesAboutIsAbortedAndRolledBack() {
        succeeds(release("1", 4));
        lab.nouns().strategy(Strategies.byHand(25, 50));
        String promotion = lab.promote(release("2", 4), TestNouns.STAGING);
        at(promotion, "canary-25-decision");
        lab.advance(promotion);
        at(promotion, "canary-50-decision");
        pass(Duration.ofMinutes(61));
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("nobody decided within 1h");
        assertThat(serving("1")).isEqualTo(4);
        assertThat(serving("2")).isZero();
    }

    @Test
    void stepThatNobodyDecidesAboutIsAdvancedWhereThatIsDeclared() {
        succeeds(release("1", 4));
        var strategy = Strategies.byHand(25).toBuilder();
        strategy.getCanaryBuilder().setUndecided(Undecided.ADVANCE);
        lab.nouns().strategy(strategy.build());
        String promotion = lab.promote(release("2", 4), TestNouns.STAGING);
        at(promotion, "canary-25-decision");
        pass(Duration.ofMinutes(61));
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void allocationThatFailsWhileAStepBakesTakesThePromotionBack() {
        succeeds(release("1", 4));
        lab.nouns().strategy(Strategies.steps(25, 50));
        nomad.workloads((job, group) -> new Workload.Crashes(Duration.ofSeconds(5), 1));
        String promotion = lab.promote(release("2", 4), TestNouns.STAGING);
        at(promotion, "canary-25-bake");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(serving("1")).isEqualTo(4);
    }

    @Test
    void pausedRolloutStaysWhereItIsUntilItIsResumed() {
        succeeds(release("1", 8));
        String promotion = lab.promote(release("2", 8), TestNouns.STAGING);
        engine.until(LONG, () -> serving("2") >= 2);
        lab.call(
                "PausePromotion",
                PromotionLab.OWNER,
                PausePromotionRequest.newBuilder()
                        .setName(promotion)
                        .setReason("the graphs look odd")
                        .build());
        pass(Duration.ofSeconds(10));
        long then = serving("2");
        assertThat(then).isLessThan(8);
        assertThat(phase(promotion).getState()).isEqualTo(Phase.State.PAUSED);
        assertThat(phase(promotion).getPauseNote()).contains("the graphs look odd");
        pass(Duration.ofSeconds(5));
        assertThat(serving("2")).isEqualTo(then);
        assertThatThrownBy(() -> lab.advance(promotion)).hasMessageContaining("waits");
        lab.call(
                "ResumePromotion",
                PromotionLab.OWNER,
                ResumePromotionRequest.newBuilder().setName(promotion).build());
        assertThatThrownBy(() ->
                        lab.call(
                                "ResumePromotion",
                                PromotionLab.OWNER,
                                ResumePromotionRequest.newBuilder().setName(promotion).build()))
                .hasMessageContaining("none of its phases was paused");
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void abortInTheMiddleBringsBackWhatRanBefore() {
        succeeds(release("1", 4));
        lab.nouns().strategy(Strategies.byHand(25, 50));
        String promotion = lab.promote(release("2", 4), TestNouns.STAGING);
        at(promotion, "canary-25-decision");
        lab.advance(promotion);
        at(promotion, "canary-50-decision");
        lab.call(
                "AbortPromotion",
                PromotionLab.OWNER,
                AbortPromotionRequest.newBuilder().setName(promotion).setReason("no").build());
        reaches(promotion, Promotion.State.CANCELLED);
        assertThat(serving("1")).isEqualTo(4);
        assertThat(serving("2")).isZero();
        assertThat(nomad.registrations()).hasSize(3);
    }

    @Test
    void blueGreenBringsAWholeSetBeforeTheOldOneGoes() {
        succeeds(release("1", 3));
        lab.nouns().strategy(Strategies.blueGreen(Duration.ofSeconds(8), Duration.ofSeconds(9)));
        String promotion = lab.promote(release("2", 3), TestNouns.STAGING);
        at(promotion, "green-bake");
        assertThat(serving("1")).isEqualTo(3);
        assertThat(serving("2")).isEqualTo(3);
        at(promotion, "keep-blue");
        pass(Duration.ofSeconds(5));
        assertThat(serving("1")).isEqualTo(3);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(phases(promotion)).containsExactly("green", "green-bake", "keep-blue", "switch");
        engine.until(LONG, () -> serving("1") == 0);
    }

    @Test
    void recreateNeverRunsTwoVersionsAtOnce() {
        succeeds(release("1", 3));
        lab.nouns().strategy(Strategies.recreate());
        String promotion = lab.promote(release("2", 3), TestNouns.STAGING);
        engine.until(
                LONG,
                () -> {
                    assertThat(Math.min(serving("1"), serving("2"))).isZero();
                    return PromotionStates.ended(lab.promotion(promotion));
                });
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(phases(promotion)).containsExactly("stop", "register");
        assertThat(serving("2")).isEqualTo(3);
    }

    @Test
    void recreateThatFailsStartsTheVersionBeforeAgain() {
        succeeds(release("1", 3));
        lab.nouns().strategy(Strategies.recreate());
        nomad.workloads((job, group) ->
                job.toString().contains("\"2\"") ? Workload.CRASHING : Workload.HEALTHY);
        String promotion = lab.promote(release("2", 3), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(serving("1")).isEqualTo(3);
        assertThat(phases(lab.promotion(promotion).getRolledBackBy()))
                .containsExactly("stop", "register");
    }

    @Test
    void changeWithoutReplacementsHasNoCanaries() {
        succeeds(release("1", 3));
        lab.nouns().strategy(Strategies.steps(50));
        String promotion = lab.promote(release("more", "1", 5), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(phases(promotion))
                .as("%s", lab.promotion(promotion).getPlan())
                .containsExactly("register");
        assertThat(lab.promotion(promotion).getPlan().getSteps(0))
                .contains("no allocation is replaced, so there are no canaries");
    }

    @Test
    void dispatchWhoseReplyIsLostIsMadeOnce() {
        lab.nouns().job("web", job -> job.setRun(JobRun.getDefaultInstance()));
        String release =
                lab.nouns()
                        .release(
                                "1", Map.of("web", TestJobs.service("web").parameterized().json()));
        nomad.faults().next("dispatch", Fault.LOST_REPLY);
        String promotion = lab.promote(release, TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(phases(promotion)).containsExactly("register", "dispatch");
        assertThat(nomad.launched("staging", "web")).hasSize(1);
    }

    @Test
    void periodicJobWhoseForcedRunFailsIsTakenBack() {
        lab.nouns().job("web", job -> job.setRun(JobRun.getDefaultInstance()));
        succeeds(
                lab.nouns().release("1", Map.of("web", TestJobs.service("web").periodic().json())));
        nomad.workloads((job, group) -> Workload.CRASHING);
        nomad.faults().next("force", Fault.LOST_REPLY);
        String promotion =
                lab.promote(
                        lab.nouns()
                                .release(
                                        "2",
                                        Map.of(
                                                "web",
                                                TestJobs.service("web")
                                                        .release("2")
                                                        .periodic()
                                                        .json())),
                        TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("the run ended badly");
        assertThat(nomad.launched("staging", "web")).hasSize(2);
    }

    @Test
    void countsThatAnAutoscalerMovesAreKeptEvenWhenItMovesThemInBetween() {
        lab.nouns().job("web", job -> job.setPreserveCounts(true));
        succeeds(release("1", 2));
        scale(4);
        lab.nouns().approvals(1, "owners", 1, "staging");
        String promotion = lab.promote(release("2", 2), TestNouns.STAGING);
        engine.until(
                LONG,
                () -> lab.promotion(promotion).getState() == Promotion.State.PENDING_APPROVAL);
        String digest = lab.promotion(promotion).getPlan().getDigest();
        scale(5);
        lab.approve(promotion, PromotionLab.OWNER);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(lab.promotion(promotion).getPlan().getDigest()).isEqualTo(digest);
        assertThat(serving("2")).isEqualTo(5);
    }

    /** As an autoscaler does: the same job with another count. */
    private void scale(int count) {
        RunningJob job = nomad.job("staging", "web").orElseThrow();
        ObjectNode spec = job.spec().deepCopy();
        ((ObjectNode) spec.path("TaskGroups").path(0)).put("Count", count);
        nomad.register("staging", spec, job.indexes().spec(), Submission.NONE);
        pass(Duration.ofSeconds(20));
    }

    @Test
    void runOfAServiceIsRefusedWhenItIsPlanned() {
        lab.nouns().job("web", job -> job.setRun(JobRun.getDefaultInstance()));
        String promotion = lab.promote(release("1", 1), TestNouns.STAGING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("a service job never ends");
    }

    private void succeeds(String release) {
        reaches(lab.promote(release, TestNouns.STAGING), Promotion.State.SUCCEEDED);
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(Duration.ofMinutes(3), () -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
    }

    private void at(String promotion, String id) {
        engine.until(
                LONG,
                () -> {
                    Phase phase = phase(promotion);
                    return phase.getPlanned().getId().equals(id)
                            && phase.getState()
                                    == (phase.getPlanned().getKind() == PlannedPhase.Kind.WAIT
                                            ? Phase.State.PAUSED
                                            : Phase.State.RUNNING);
                });
    }

    private Phase phase(String promotion) {
        return lab.phase(promotion, "web");
    }

    private List<String> phases(String promotion) {
        return lab.promotion(promotion).getRollout().getPhasesList().stream()
                .map(phase -> phase.getPlanned().getId())
                .toList();
    }

    private void pass(Duration duration) {
        for (int i = 0; i < 20; i++) {
            time.advance(duration.dividedBy(20));
            engine.round();
        }
    }

    /** Healthy allocations of a release. */
    private long serving(String release) {
        return nomad.versions("staging", "web").stream()
                .filter(version -> version.spec().toString().contains("\"" + release + "\""))
                .mapToLong(version ->
                        nomad.allocations("staging", "web").stream()
                                .filter(one ->
                                        one.jobVersion() == version.version() && one.serving())
                                .count())
                .sum();
    }

    private String release(String id, int count) {
        return release(id, id, count);
    }

    private String release(String id, String value, int count) {
        return lab.nouns()
                .release(
                        id,
                        Map.of(
                                "web",
                                Strategies.withoutDeadline(
                                        TestJobs.service("web")
                                                .count(count)
                                                .maxParallel(1)
                                                .minHealthy(Duration.ofSeconds(1))
                                                .release(value))));
    }
}
