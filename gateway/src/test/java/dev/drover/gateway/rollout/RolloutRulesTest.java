package dev.drover.gateway.rollout;

import static dev.drover.gateway.cluster.DeploymentStatus.CANCELLED;
import static dev.drover.gateway.cluster.DeploymentStatus.SUCCESSFUL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.rollout.Transitions.Transition;
import dev.drover.v1.FailureCause;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Phase;
import dev.drover.v1.Phase.State;
import dev.drover.v1.Plan;
import dev.drover.v1.Rollout;
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
    private static final Instant LATE = Sights.START.plus(Duration.ofMinutes(10));

    private final RolloutRules rules =
            new RolloutRules("projects/shop/promotions/p1", RolloutLimits.DEFAULT);
    private final Set<Transition<State, PhaseEvent>> taken = new HashSet<>();

    @Test
    void everyLineOfTheTableIsTaken() {
        take(RolloutRules.begin(plan(JobPlan.Change.NONE), false, SOON));
        take(decide(State.PENDING, false, Sights.of(), SOON));
        take(decide(State.RUNNING, true, healthyCanary(), SOON));
        take(RolloutRules.advance(rollout(State.PAUSED), notes(true), "go", SOON));
        take(decide(State.RUNNING, false, deployed(SUCCESSFUL, "done"), SOON));
        take(decide(State.RUNNING, false, deployed(DeploymentStatus.FAILED, "bad"), SOON));
        take(decide(State.PAUSED, true, Sights.of().gone(), SOON));
        for (State state : Set.of(State.PENDING, State.RUNNING, State.PAUSED)) {
            take(
                    rules.abort(
                            rollout(state),
                            notes(true),
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
    void healthyCanariesArePromoted() {
        RolloutStep step = decide(State.RUNNING, false, healthyCanary(), SOON);
        assertThat(step.effects())
                .containsExactly(
                        new RolloutEffect.PromoteDeployment(
                                "projects/shop/promotions/p1/web/promote/1", "web", "d1"));
    }

    @Test
    void counterThatSaysHealthyIsNotBelievedWhenTheCanaryDoesNotRun() {
        Sights pending = waiting(1).allocation("a1", ClientStatus.PENDING, true);
        RolloutStep step = decide(State.RUNNING, false, pending, SOON);
        assertThat(step.effects()).isEmpty();
        assertThat(step.failure()).isEmpty();
    }

    @Test
    void canaryThatWasHealthyAndCrashedFailsThePhaseAndTheDeployment() {
        Sights crashed = waiting(1).allocation("a1", ClientStatus.FAILED, true);
        RolloutStep step = decide(State.RUNNING, false, crashed, SOON);
        assertFailed(step, FailureCause.UNHEALTHY, "a canary was healthy and failed");
        assertThat(step.effects())
                .hasOnlyElementsOfType(RolloutEffect.FailDeployment.class)
                .hasSize(1);
    }

    @Test
    void canariesThatSomebodyElsePromotedAreLeftToThem() {
        assertFailed(
                decide(State.PAUSED, true, Sights.of().promoted(), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else promoted");
    }

    @Test
    void nothingPlacedIsWaitedForAndFailsAtTheEnginesOwnDeadline() {
        Sights nowhere =
                Sights.of()
                        .unplaceable()
                        .deployment(DeploymentStatus.RUNNING, "Deployment is running", 0, 0, 0);
        RolloutStep early = decide(State.RUNNING, false, nowhere, SOON);
        assertThat(early.failure()).isEmpty();
        assertThat(early.rollout().getPhases(0).getMessage())
                .contains("missing drivers on 1")
                .contains("gives up at 2026-03-02T12:01:00Z");
        assertFailed(
                decide(State.RUNNING, false, nowhere, LATE),
                FailureCause.PLACEMENT_FAILED,
                "missing drivers on 1");
    }

    @Test
    void causesComeFromNomadsSentence() {
        assertFailed(
                decide(
                        State.RUNNING,
                        false,
                        deployed(DeploymentStatus.FAILED, "Failed due to progress deadline"),
                        SOON),
                FailureCause.DEADLINE_EXCEEDED,
                "progress deadline");
        assertFailed(
                decide(
                        State.RUNNING,
                        false,
                        deployed(DeploymentStatus.FAILED, "Failed due to unhealthy allocations"),
                        SOON),
                FailureCause.UNHEALTHY,
                "unhealthy allocations");
        assertFailed(
                decide(
                        State.RUNNING,
                        false,
                        deployed(DeploymentStatus.FAILED, "Deployment marked as failed"),
                        SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "somebody else failed");
        assertFailed(
                decide(
                        State.RUNNING,
                        false,
                        deployed(CANCELLED, "Cancelled due to newer version of job"),
                        SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "newer version");
    }

    @Test
    void deploymentThatHangsBeyondNomadsDeadlineIsGivenUp() {
        Sights hanging =
                Sights.of().deployment(DeploymentStatus.RUNNING, "Deployment is running", 0, 1, 0);
        assertThat(decide(State.RUNNING, false, hanging, SOON).failure()).isEmpty();
        assertFailed(
                decide(State.RUNNING, false, hanging, LATE),
                FailureCause.DEADLINE_EXCEEDED,
                "no progress");
    }

    @Test
    void jobThatIsStoppedPurgedOrChangedIsLeftAsItIs() {
        assertFailed(
                decide(State.RUNNING, false, Sights.of().changedToIndex(31, true), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was stopped by somebody else");
        assertFailed(
                decide(State.RUNNING, false, Sights.of().gone(), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was purged");
        assertFailed(
                decide(State.RUNNING, false, Sights.of().changedToIndex(31, false), SOON),
                FailureCause.CHANGED_OUT_OF_BAND,
                "the job was changed to version 3");
    }

    @Test
    void jobsWithoutADeploymentHaveAPathOfTheirOwn() {
        assertDone(Sights.of().type("batch", "Periodic"));
        assertDone(Sights.of().type("batch", "ParameterizedJob"));
        Sights half = Sights.of().type("batch", "").allocation("a1", ClientStatus.COMPLETE, true);
        assertThat(decide(State.RUNNING, false, half, SOON).changes()).isEmpty();
        assertDone(half.allocation("a2", ClientStatus.RUNNING, true));
        assertFailed(
                decide(
                        State.RUNNING,
                        false,
                        Sights.of()
                                .type("batch", "")
                                .dead()
                                .allocation("a1", ClientStatus.FAILED, false),
                        SOON),
                FailureCause.UNHEALTHY,
                "allocations failed");
        assertFailed(
                decide(State.RUNNING, false, Sights.of().type("batch", ""), LATE),
                FailureCause.PLACEMENT_FAILED,
                "nothing was placed");
    }

    @Test
    void abortWaitsForADeploymentThatNomadIsAboutToMake() {
        RolloutStep early =
                rules.abort(
                        rollout(State.RUNNING),
                        notes(false),
                        Map.of("web", Sights.of().evaluating().seen()),
                        "enough",
                        SOON);
        assertThat(early.ended()).isFalse();
    }

    @Test
    void laterWaveBeginsWhenTheEarlierIsDone() {
        Rollout two =
                Rollout.newBuilder()
                        .addPhases(phase(State.RUNNING))
                        .addPhases(phase(State.PENDING).toBuilder().setJob("api").setWave(1))
                        .build();
        Map<String, PhaseNotes> notes =
                Map.of("web", registered(false), "api", PhaseNotes.expecting(7, false));
        RolloutStep step = rules.decide(two, notes, Map.of("web", healthyCanary().seen()), SOON);
        assertThat(step.rollout().getPhases(1).getState()).isEqualTo(State.PENDING);
        Rollout done = two.toBuilder().setPhases(0, phase(State.SUCCEEDED)).build();
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

    private RolloutStep decide(State state, boolean byHand, Sights sights, Instant now) {
        return rules.decide(rollout(state), notes(byHand), Map.of("web", sights.seen()), now);
    }

    private void assertDone(Sights sights) {
        RolloutStep step = decide(State.RUNNING, false, sights, SOON);
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(State.SUCCEEDED);
        assertThat(step.effects()).hasOnlyElementsOfType(RolloutEffect.TagVersion.class);
    }

    private static void assertFailed(RolloutStep step, FailureCause cause, String words) {
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(State.FAILED);
        PhaseFailure failure = step.failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.message()).startsWith("web: ").contains(words);
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

    private static Rollout rollout(State state) {
        return Rollout.newBuilder().addPhases(phase(state)).build();
    }

    private static Phase phase(State state) {
        return Phase.newBuilder()
                .setJob("web")
                .setState(state)
                .setEvaluationId("e1")
                .setJobVersion(3)
                .setJobModifyIndex(30)
                .setStartTime(Times.timestamp(Sights.START))
                .build();
    }

    private static Map<String, PhaseNotes> notes(boolean byHand) {
        return Map.of("web", registered(byHand));
    }

    private static PhaseNotes registered(boolean byHand) {
        return PhaseNotes.expecting(7, byHand).registered(10);
    }

    private static Plan plan(JobPlan.Change change) {
        return Plan.newBuilder()
                .addJobs(JobPlan.newBuilder().setJob("web").setChange(change))
                .build();
    }
}
