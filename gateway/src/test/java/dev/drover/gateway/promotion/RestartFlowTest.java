package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.rollout.EffectPerformer;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RestartApplicationRequest;
import dev.drover.v1.RestartedAllocation;
import dev.drover.v1.StopApplicationRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarting what runs, on a real store and a simulated Nomad. */
class RestartFlowTest {
    private static final Duration LONG = Duration.ofMinutes(20);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        String release =
                lab.nouns()
                        .release(
                                "1",
                                Map.of(
                                        "web",
                                        TestJobs.service("web")
                                                .count(4)
                                                .maxParallel(2)
                                                .minHealthy(Duration.ofSeconds(3))
                                                .json()));
        reaches(lab.promote(release, TestNouns.STAGING), Promotion.State.SUCCEEDED);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void allocationsAreRestartedSomeAtATimeAndStayTheSame() {
        List<String> before = ids();
        long version = nomad.job("staging", "web").orElseThrow().version();
        String promotion = restart();
        engine.until(LONG, () -> restarted() == 2);
        assertThat(phase(promotion).getRestartsList())
                .extracting(RestartedAllocation::getState)
                .filteredOn(RestartedAllocation.State.WAITING::equals)
                .hasSize(2);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(restarts()).containsExactly(1L, 1L, 1L, 1L);
        assertThat(ids()).isEqualTo(before);
        assertThat(nomad.job("staging", "web").orElseThrow().version()).isEqualTo(version);
        assertThat(lab.promotion(promotion).getStateMessage()).endsWith("was restarted");
        assertThat(lab.promotion(promotion).getPlan().getStepsList().getFirst())
                .contains("restart running allocations where they are, 2 of group");
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("/releases/1");
    }

    @Test
    void restartWhoseReplyIsLostIsNotAskedForAgain() {
        nomad.faults().next("restart", Fault.LOST_REPLY);
        nomad.faults().next("restart", Fault.LOST_REPLY);
        reaches(restart(), Promotion.State.SUCCEEDED);
        assertThat(restarts()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void restartThatIsUnderWayIsNotAskedForAgain() {
        nomad.faults().next("restart", Fault.LOST_REPLY);
        String promotion = restart();
        EffectPerformer performer = new EffectPerformer(nomad, "staging");
        engine.until(LONG, () -> !nomad.restarts().isEmpty());
        String first = nomad.restarts().getFirst();
        // Its tasks take their time to end, and Nomad has not counted anything yet.
        performer.restart(new RolloutEffect.RestartAllocation("key", "web", first, 0));
        assertThat(nomad.restarts()).containsOnlyOnce(first);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(restarts()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void restartThatNeverArrivedIsAskedForAgain() {
        nomad.faults().next("restart", Fault.LOST_REQUEST);
        reaches(restart(), Promotion.State.SUCCEEDED);
        assertThat(restarts()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void engineThatTakesOverRestartsOnlyTheRest() {
        String promotion = restart();
        engine.until(LONG, () -> restarted() == 2);
        lab.files().reopen();
        time.advance(Duration.ofSeconds(30));
        engine = new EngineDriver(lab, time).claim(time.instant());
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(restarts()).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void allocationThatDoesNotComeBackStopsTheRest() {
        nomad.workloads((job, group) -> Workload.CRASHING);
        String promotion = restart();
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("Exit Code: 1");
        assertThat(ids()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void allocationThatHangsFailsAtTheHealthyDeadline() {
        nomad.workloads((job, group) -> new Workload.NeverStarts());
        String promotion = restart();
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.DEADLINE_EXCEEDED);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("not running again within");
    }

    @Test
    void cancelledRestartLeavesTheOthersAlone() {
        String promotion = restart();
        engine.until(LONG, () -> restarted() == 2);
        lab.call(
                "CancelPromotion",
                PromotionLab.DEVELOPER,
                CancelPromotionRequest.newBuilder().setName(promotion).setReason("no").build());
        reaches(promotion, Promotion.State.CANCELLED);
        assertThat(restarted()).isLessThan(4);
    }

    @Test
    void whatIsStoppedIsNotRestarted() {
        Promotion stop =
                (Promotion)
                        lab.call(
                                "StopApplication",
                                PromotionLab.DEVELOPER,
                                StopApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .setReason("night")
                                        .build());
        reaches(stop.getName(), Promotion.State.SUCCEEDED);
        String promotion = restart();
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(phase(promotion).getState()).isEqualTo(Phase.State.SKIPPED);
    }

    private String restart() {
        return ((Promotion)
                        lab.call(
                                "RestartApplication",
                                PromotionLab.DEVELOPER,
                                RestartApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .build()))
                .getName();
    }

    private Phase phase(String promotion) {
        return lab.promotion(promotion).getRollout().getPhases(0);
    }

    private long restarted() {
        return restarts().stream().filter(count -> count > 0).count();
    }

    private List<Long> restarts() {
        return nomad.allocations("staging", "web").stream()
                .map(one -> one.tasks().stream().mapToLong(TaskState::restarts).sum())
                .toList();
    }

    private List<String> ids() {
        return nomad.allocations("staging", "web").stream()
                .filter(one -> !one.state().client().ended())
                .map(Allocation::id)
                .toList();
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }
}
