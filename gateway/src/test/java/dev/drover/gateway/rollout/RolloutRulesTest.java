package dev.drover.gateway.rollout;

import static dev.drover.gateway.cluster.DeploymentStatus.CANCELLED;
import static dev.drover.gateway.cluster.DeploymentStatus.SUCCESSFUL;
import static dev.drover.v1.PlannedPhase.Kind.BAKE;
import static dev.drover.v1.PlannedPhase.Kind.EXTEND;
import static dev.drover.v1.PlannedPhase.Kind.REGISTER;
import static dev.drover.v1.PlannedPhase.Kind.STOP;
import static dev.drover.v1.PlannedPhase.Kind.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.rollout.Transitions.Transition;
import dev.drover.v1.FailureCause;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Phase;
import dev.drover.v1.Phase.State;
import dev.drover.v1.Plan;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Rollout;
import dev.drover.v1.Undecided;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows for a job from what Nomad tells of it. */
class RolloutRulesTest {
    private static final Instant SOON = Sights.START.plusSeconds(5);
    private static final Phase PENDING = at(REGISTER, State.PENDING);
    private static final Phase ROLLING = at(REGISTER, State.RUNNING);
    private static final Phase CANARY = gated(at(REGISTER, State.RUNNING));
    private static final Phase STABLE = at(EXTEND, State.RUNNING);
    private static final Instant LATE = Sights.START.plus(Duration.ofMinutes(10));

    private final RolloutRules rules =
            new RolloutRules("projects/shop/promotions/p1", RolloutLimits.DEFAULT);
    private final Set<Transition<State, PhaseEvent>> taken = new HashSet<>();

    @Test
    void everyLineOfTheTableIsTaken() {
        take(RolloutRules.begin(plan(JobPlan.Change.NONE), SOON));
        take(decide(PENDING, Sights.of(), SOON));
        take(decide(at(WAIT, State.RUNNING), healthyCanary(), SOON));
        take(PersonRules.advance(rollout(waiting()), notes(), "go", SOON));
        take(PersonRules.advance(rollout(at(BAKE, State.RUNNING)), notes(), "go", SOON));
        take(PersonRules.pause(rollout(ROLLING), notes(), "stop", SOON));
        take(PersonRules.resume(rollout(halted()), notes(), SOON));
        take(decide(ROLLING, deployed(SUCCESSFUL, "done"), SOON));
        take(decide(ROLLING, deployed(DeploymentStatus.FAILED, "bad"), SOON));
        take(decide(waiting(), Sights.of().gone(), SOON));
        for (State state : Set.of(State.PENDING, State.RUNNING, State.PAUSED)) {
            take(
                    rules.abort(
                            rollout(at(REGISTER, state)),
                            notes(),
                            Map.of("web", healthyCanary().seen()),
                            "enough",
                            SOON));
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(PhaseStates.TABLE.all());
    }

    @Test
    void diagramInTheDocsIsTheTable() throws IOException {
        String drawn = PhaseStates.TABLE.mermaid();
        Path drawing = Files.createDirectories(Path.of("target/states")).resolve("phase.mmd");
        Files.writeString(drawing, drawn);
        assertThat(Path.of("../docs/states/phase.mmd"))
                .as("copy gateway/%s there", drawing)
                .hasContent(drawn);
    }

    @Test
    void canariesThatAreHealthyEndTheirPhaseAndTheNextOnePromotesThem() {
        RolloutStep step = decide(CANARY, healthyCanary(), SOON);
        assertThat(state(step)).isEqualTo(State.SUCCEEDED);
        assertThat(step.effects()).isEmpty();
        assertThat(decide(STABLE, healthyCanary(), SOON).effects())
                .containsExactly(
                        new RolloutEffect.PromoteDeployment(
                                "projects/shop/promotions/p1/web/promote/1", "web", "d1"));
    }

    @Test
    void canariesThatNoPhaseWasPlannedForArePromotedWhenTheyAreHealthy() {
        RolloutStep step = decide(ROLLING, healthyCanary(), SOON);
        assertThat(step.changes()).isEmpty();
        assertThat(step.effects())
                .containsExactly(
                        new RolloutEffect.PromoteDeployment(
                                "projects/shop/promotions/p1/web/promote/1", "web", "d1"));
    }

    @Test
    void nextPhaseKnowsOfNomadWhatTheOneBeforeKnew() {
        Rollout two =
                Rollout.newBuilder().addPhases(CANARY).addPhases(at(EXTEND, State.PENDING)).build();
        RolloutStep step = rules.decide(two, notes(), Map.of("web", healthyCanary().seen()), SOON);
        assertThat(step.rollout().getPhases(1).getDeploymentId()).isEqualTo("d1");
        assertThat(step.rollout().getPhases(1).getJobModifyIndex()).isEqualTo(30);
    }

    @Test
    void counterThatSaysHealthyIsNotBelievedWhenTheCanaryDoesNotRun() {
        Sights pending = waiting(1).allocation("a1", ClientStatus.PENDING, true);
        RolloutStep step = decide(CANARY, pending, SOON);
        assertThat(step.changes()).isEmpty();
        assertThat(step.failure()).isEmpty();
    }

    @Test
    void canaryThatWasHealthyAndCrashedFailsThePhaseAndTheDeployment() {
        Sights crashed = waiting(1).allocation("a1", ClientStatus.FAILED, true);
        RolloutStep step = decide(CANARY, crashed, SOON);
        assertFailed(step, FailureCause.UNHEALTHY, "was healthy and failed");
        assertThat(step.effects())
                .hasOnlyElementsOfType(RolloutEffect.FailDeployment.class)
                .hasSize(1);
    }

    @Test
    void canariesThatSomebodyElsePromotedAreLeftToThem() {
        assertFailed(
                decide(waiting(), Sights.of().promoted(), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else promoted");
    }

    @Test
    void spreadIsPausedAsSoonAsItsShareIsPlacedAndEndsWhenItIsHealthy() {
        Phase half = held(2);
        Map<String, JobNotes> promoted =
                Map.of("web", registered().promotion(JobNotes.CanaryStep.DONE));
        Sights one = Sights.of().promoted().allocation("a1", ClientStatus.RUNNING, true);
        assertThat(decide(half, promoted, one).effects()).isEmpty();
        Sights two = one.allocation("a2", ClientStatus.PENDING, false);
        RolloutStep pausing = decide(half, promoted, two);
        assertThat(pausing.effects())
                .containsExactly(
                        new RolloutEffect.PauseDeployment(
                                "projects/shop/promotions/p1/web/pause/1", "web", "d1", true));
        RolloutStep paused =
                rules.settle(
                        pausing.rollout(),
                        pausing.notes(),
                        pausing.effects().getFirst(),
                        new EffectOutcome.Done(),
                        SOON);
        Sights held =
                Sights.of()
                        .paused()
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", ClientStatus.RUNNING, false);
        assertThat(decide(half, paused.notes(), held).changes()).isEmpty();
        Sights healthy =
                Sights.of()
                        .paused()
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", ClientStatus.RUNNING, true);
        assertThat(state(decide(half, paused.notes(), healthy))).isEqualTo(State.SUCCEEDED);
        assertFailed(
                decide(half, paused.notes(), Sights.of().promoted()),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else resumed");
        assertThat(decide(STABLE, paused.notes(), healthy).effects())
                .containsExactly(
                        new RolloutEffect.PauseDeployment(
                                "projects/shop/promotions/p1/web/resume/2", "web", "d1", false));
    }

    @Test
    void bakeEndsWithItsTimeUnlessWhatBakesGetsIll() {
        Phase bake = until(at(BAKE, State.RUNNING), Sights.START.plusSeconds(60));
        assertThat(decide(bake, healthyCanary(), SOON).changes()).isEmpty();
        assertThat(state(decide(bake, healthyCanary(), Sights.START.plusSeconds(60))))
                .isEqualTo(State.SUCCEEDED);
        Sights crashed = waiting(1).allocation("a1", ClientStatus.FAILED, true);
        assertFailed(decide(bake, crashed, SOON), FailureCause.UNHEALTHY, "was healthy and failed");
    }

    @Test
    void stepThatNobodyDecidesAboutIsAbortedOrAdvancedAsDeclared() {
        Phase waits = until(waiting(), Sights.START.plusSeconds(60));
        assertThat(decide(waits, healthyCanary(), SOON).changes()).isEmpty();
        RolloutStep aborted = decide(waits, healthyCanary(), LATE);
        assertFailed(aborted, FailureCause.DEADLINE_EXCEEDED, "nobody decided");
        assertThat(aborted.effects())
                .hasOnlyElementsOfType(RolloutEffect.FailDeployment.class)
                .hasSize(1);
        Phase.Builder advances = waits.toBuilder();
        advances.getPlannedBuilder().setUndecided(Undecided.ADVANCE);
        RolloutStep advanced = decide(advances.build(), healthyCanary(), LATE);
        assertThat(state(advanced)).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void pauseByHandPausesTheDeploymentAndDoesNotCountAsBakeTime() {
        RolloutStep halted = PersonRules.pause(rollout(ROLLING), notes(), "by ann: look", SOON);
        assertThat(halted.rollout().getPhases(0).getPauseNote()).isEqualTo("by ann: look");
        RolloutStep asked =
                rules.decide(
                        halted.rollout(),
                        halted.notes(),
                        Map.of("web", deployed(DeploymentStatus.RUNNING, "").seen()),
                        SOON);
        assertThat(asked.effects())
                .hasOnlyElementsOfType(RolloutEffect.PauseDeployment.class)
                .hasSize(1);
        Phase bake = until(at(BAKE, State.RUNNING), Sights.START.plusSeconds(60));
        RolloutStep paused = PersonRules.pause(rollout(bake), notes(), "wait", SOON);
        RolloutStep resumed = PersonRules.resume(paused.rollout(), paused.notes(), LATE);
        assertThat(Times.instant(resumed.rollout().getPhases(0).getUntilTime()))
                .isEqualTo(LATE.plusSeconds(55));
    }

    @Test
    void stopEndsWhenNothingRunsAndTheRegistrationEnforcesWhatTheStopMade() {
        Phase stop = at(STOP, State.RUNNING);
        RolloutStep begun = decide(at(STOP, State.PENDING), Sights.of(), SOON);
        assertThat(begun.effects())
                .containsExactly(
                        new RolloutEffect.StopJob(
                                "projects/shop/promotions/p1/web/stop", "web", 7));
        RolloutStep stopped =
                rules.settle(
                        rollout(stop),
                        Map.of("web", JobNotes.expecting(7)),
                        begun.effects().getFirst(),
                        new EffectOutcome.Stopped(31, 10),
                        SOON);
        Sights ending = Sights.of().changedToIndex(31, true);
        Sights left = ending.allocation("a1", ClientStatus.RUNNING, true);
        assertThat(decide(stop, stopped.notes(), left).changes()).isEmpty();
        Sights gone = Sights.of().changedToIndex(31, true);
        RolloutStep done = decide(stop, stopped.notes(), gone);
        assertThat(state(done)).isEqualTo(State.SUCCEEDED);
        RolloutStep next =
                rules.decide(rollout(at(REGISTER, State.PENDING)), done.notes(), Map.of(), SOON);
        assertThat(next.effects())
                .containsExactly(
                        new RolloutEffect.Register(
                                "projects/shop/promotions/p1/web/register", "web", 31));
    }

    @Test
    void jobThatIsStoppedOnceMoreIsStoppedAndOneThatIsStartedIsSomebodyElses() {
        Phase stop = at(STOP, State.RUNNING);
        Map<String, JobNotes> notes = Map.of("web", JobNotes.expecting(7).stopped(31, 10));
        RolloutStep done = decide(stop, notes, Sights.of().changedToIndex(33, true));
        assertThat(state(done)).isEqualTo(State.SUCCEEDED);
        assertThat(
                        rules.decide(
                                        rollout(at(REGISTER, State.PENDING)),
                                        done.notes(),
                                        Map.of(),
                                        SOON)
                                .effects())
                .containsExactly(
                        new RolloutEffect.Register(
                                "projects/shop/promotions/p1/web/register", "web", 33));
        assertFailed(
                decide(stop, notes, Sights.of().changedToIndex(33, false)),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else changed the job while it was being stopped");
    }

    @Test
    void nothingPlacedIsWaitedForAndFailsAtTheEnginesOwnDeadline() {
        Sights nowhere =
                Sights.of()
                        .unplaceable()
                        .deployment(DeploymentStatus.RUNNING, "Deployment is running", 0, 0, 0);
        RolloutStep early = decide(ROLLING, nowhere, SOON);
        assertThat(early.failure()).isEmpty();
        assertThat(early.rollout().getPhases(0).getMessage())
                .contains("missing drivers on 1")
                .contains("gives up at 2026-03-02T12:01:00Z");
        assertFailed(
                decide(ROLLING, nowhere, LATE),
                FailureCause.PLACEMENT_FAILED,
                "missing drivers on 1");
    }

    @Test
    void causesComeFromNomadsSentence() {
        assertFailed(
                decide(
                        ROLLING,
                        deployed(DeploymentStatus.FAILED, "Failed due to progress deadline"),
                        SOON),
                FailureCause.DEADLINE_EXCEEDED,
                "progress deadline");
        assertFailed(
                decide(
                        ROLLING,
                        deployed(DeploymentStatus.FAILED, "Failed due to unhealthy allocations"),
                        SOON),
                FailureCause.UNHEALTHY,
                "unhealthy allocations");
        assertFailed(
                decide(
                        ROLLING,
                        deployed(DeploymentStatus.FAILED, "Deployment marked as failed"),
                        SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else failed");
        assertFailed(
                decide(ROLLING, deployed(CANCELLED, "Cancelled due to newer version of job"), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "newer version");
    }

    @Test
    void deploymentThatHangsBeyondNomadsDeadlineIsGivenUp() {
        Sights hanging =
                Sights.of().deployment(DeploymentStatus.RUNNING, "Deployment is running", 0, 1, 0);
        assertThat(decide(ROLLING, hanging, SOON).failure()).isEmpty();
        assertFailed(decide(ROLLING, hanging, LATE), FailureCause.DEADLINE_EXCEEDED, "no progress");
    }

    @Test
    void nomadMayBeLateToEndADeploymentWhereEverythingIsHealthy() {
        Sights done =
                Sights.of().deployment(DeploymentStatus.RUNNING, "Deployment is running", 0, 2, 2);
        RolloutStep seen = decide(ROLLING, done, SOON);
        assertThat(seen.failure()).isEmpty();
        RolloutStep late =
                rules.decide(seen.rollout(), seen.notes(), Map.of("web", done.seen()), LATE);
        assertThat(late.failure()).isEmpty();
        Instant never = LATE.plus(Duration.ofMinutes(10));
        assertFailed(
                rules.decide(late.rollout(), late.notes(), Map.of("web", done.seen()), never),
                FailureCause.DEADLINE_EXCEEDED,
                "2 of 2 allocations healthy; Nomad did not end the deployment within 600 s");
    }

    @Test
    void jobThatIsStoppedPurgedOrChangedIsLeftAsItIs() {
        assertFailed(
                decide(ROLLING, Sights.of().changedToIndex(31, true), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was stopped by somebody else");
        assertFailed(
                decide(ROLLING, Sights.of().gone(), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was purged");
        assertFailed(
                decide(ROLLING, Sights.of().changedToIndex(31, false), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was changed to version 3");
    }

    @Test
    void answersFromBeforeTheRegistrationAreNotBelievedAndIfTheyStayNothingIsOverwritten() {
        RolloutStep stale = decide(ROLLING, Sights.of().changedToIndex(29, false), SOON);
        assertThat(stale.failure()).isEmpty();
        assertThat(stale.rollout().getPhases(0).getMessage())
                .contains("job modify index 29, Drover made it 30", "looks again until");
        RolloutStep restored =
                rules.decide(
                        stale.rollout(),
                        stale.notes(),
                        Map.of("web", Sights.of().changedToIndex(29, false).seen()),
                        SOON.plusSeconds(61));
        assertFailed(restored, FailureCause.CHANGED_OUT_OF_BAND, "restored from a snapshot?");
    }

    @Test
    void jobsWithoutADeploymentHaveAPathOfTheirOwn() {
        assertDone(Sights.of().type("batch", "Periodic"));
        assertDone(Sights.of().type("batch", "ParameterizedJob"));
        Sights half = Sights.of().type("batch", "").allocation("a1", ClientStatus.COMPLETE, true);
        assertThat(decide(ROLLING, half, SOON).changes()).isEmpty();
        assertDone(half.allocation("a2", ClientStatus.RUNNING, true));
        assertFailed(
                decide(
                        ROLLING,
                        Sights.of()
                                .type("batch", "")
                                .dead()
                                .allocation("a1", ClientStatus.FAILED, false),
                        SOON),
                FailureCause.UNHEALTHY,
                "allocations failed");
        assertFailed(
                decide(ROLLING, Sights.of().type("batch", ""), LATE),
                FailureCause.PLACEMENT_FAILED,
                "nothing was placed");
    }

    @Test
    void abortWaitsForADeploymentThatNomadIsAboutToMake() {
        RolloutStep early =
                rules.abort(
                        rollout(ROLLING),
                        notes(),
                        Map.of("web", Sights.of().evaluating().seen()),
                        "enough",
                        SOON);
        assertThat(early.ended()).isFalse();
    }

    @Test
    void laterWaveBeginsWhenTheEarlierIsDone() {
        Phase later = at(REGISTER, State.PENDING).toBuilder().setJob("api").setWave(1).build();
        Rollout two = Rollout.newBuilder().addPhases(ROLLING).addPhases(later).build();
        Map<String, JobNotes> notes = Map.of("web", registered(), "api", JobNotes.expecting(7));
        RolloutStep step = rules.decide(two, notes, Map.of("web", healthyCanary().seen()), SOON);
        assertThat(step.rollout().getPhases(1).getState()).isEqualTo(State.PENDING);
        Rollout done = two.toBuilder().setPhases(0, at(REGISTER, State.SUCCEEDED)).build();
        assertThat(rules.decide(done, notes, Map.of(), SOON).effects())
                .containsExactly(
                        new RolloutEffect.Register(
                                "projects/shop/promotions/p1/api/register", "api", 7));
    }

    @Test
    void effectsAreStoredAndReadBackAsTheyWere() {
        for (RolloutEffect effect :
                Set.of(
                        new RolloutEffect.Register("k1", "web", 7),
                        new RolloutEffect.PromoteDeployment("k2", "web", "d1"),
                        new RolloutEffect.PauseDeployment("k5", "web", "d1", true),
                        new RolloutEffect.StopJob("k6", "web", 7),
                        new RolloutEffect.RunJob("k7", "web", 7, true, Map.of("a", "b"), "x"),
                        new RolloutEffect.FailDeployment("k3", "web", "d1"),
                        new RolloutEffect.TagVersion("k4", "web", 3, "drover-p1", "by p1"))) {
            assertThat(EffectCodec.decode(EffectCodec.encode(effect))).isEqualTo(effect);
        }
    }

    private void take(RolloutStep step) {
        assertThat(step.changes()).hasSize(1);
        RolloutStep.Change change = step.changes().getFirst();
        taken.add(new Transition<>(change.before(), change.event(), change.phase().getState()));
    }

    private RolloutStep decide(Phase phase, Sights sights, Instant now) {
        Map<String, JobNotes> notes =
                phase.getState() == State.PENDING ? Map.of("web", JobNotes.expecting(7)) : notes();
        return rules.decide(rollout(phase), notes, Map.of("web", sights.seen()), now);
    }

    private RolloutStep decide(Phase phase, Map<String, JobNotes> notes, Sights sights) {
        return rules.decide(rollout(phase), notes, Map.of("web", sights.seen()), SOON);
    }

    private void assertDone(Sights sights) {
        RolloutStep step = decide(ROLLING, sights, SOON);
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(State.SUCCEEDED);
        assertThat(step.effects()).hasOnlyElementsOfType(RolloutEffect.TagVersion.class);
    }

    private static void assertFailed(RolloutStep step, FailureCause cause, String words) {
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(State.FAILED);
        PhaseFailure failure = step.failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.message()).startsWith("web: ").contains(words);
    }

    private static Phase gated(Phase phase) {
        return phase.toBuilder().setPlanned(phase.getPlanned().toBuilder().setHold(true)).build();
    }

    private static Sights healthyCanary() {
        return waiting(1).allocation("a1", ClientStatus.RUNNING, true);
    }

    private static Sights waiting(int healthy) {
        return Sights.of()
                .deployment(
                        DeploymentStatus.RUNNING,
                        "Deployment is running but requires manual promotion",
                        1,
                        1,
                        healthy);
    }

    private static Sights deployed(DeploymentStatus status, String said) {
        return Sights.of().deployment(status, said, 0, 2, 0);
    }

    private static State state(RolloutStep step) {
        return step.rollout().getPhases(0).getState();
    }

    private static Rollout rollout(Phase phase) {
        return Rollout.newBuilder().addPhases(phase).build();
    }

    private static Phase at(PlannedPhase.Kind kind, State state) {
        return Phase.newBuilder()
                .setJob("web")
                .setState(state)
                .setEvaluationId("e1")
                .setJobVersion(3)
                .setJobModifyIndex(30)
                .setStartTime(Times.timestamp(Sights.START))
                .setUntilTime(Times.timestamp(Sights.START.plusSeconds(60)))
                .setPlanned(
                        PlannedPhase.newBuilder()
                                .setId("p")
                                .setKind(kind)
                                .setTime(com.google.protobuf.util.Durations.fromSeconds(60)))
                .build();
    }

    private static Phase held(long target) {
        Phase.Builder phase = at(EXTEND, State.RUNNING).toBuilder();
        phase.getPlannedBuilder().setHold(true).putTargets("g", target);
        return phase.build();
    }

    private static Phase until(Phase phase, Instant until) {
        return phase.toBuilder().setUntilTime(Times.timestamp(until)).build();
    }

    private static Phase waiting() {
        return at(WAIT, State.PAUSED).toBuilder()
                .setPauseReason(Phase.PauseReason.CANARY_STEP)
                .build();
    }

    private static Phase halted() {
        return ROLLING.toBuilder()
                .setState(State.PAUSED)
                .setPauseReason(Phase.PauseReason.MANUAL)
                .build();
    }

    private static Map<String, JobNotes> notes() {
        return Map.of("web", registered());
    }

    private static JobNotes registered() {
        return JobNotes.expecting(7).registered(10);
    }

    private static Plan plan(JobPlan.Change change) {
        return Plan.newBuilder()
                .addJobs(JobPlan.newBuilder().setJob("web").setChange(change))
                .build();
    }
}
