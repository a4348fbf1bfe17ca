package dev.drover.gateway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.Allocation.Successor;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows where Nomad calls a deployment successful whose allocations did not stay. */
class SurvivorsTest {
    private static final Instant SOON = Sights.START.plusSeconds(5);
    private static final Duration ALLOWED = Duration.ofSeconds(60);

    private final RolloutRules rules =
            new RolloutRules("projects/shop/promotions/p1", RolloutLimits.DEFAULT);
    private Phase phase = phase();
    private JobNotes notes = JobNotes.expecting(7).registered(10);

    @Test
    void allocationThatFailedAndIsNeverRescheduledFailsThePhaseAtOnce() {
        PhaseFailure failure =
                look(
                                through()
                                        .group("ReschedulePolicy", policy(0, false))
                                        .allocation("a1", ClientStatus.RUNNING, true)
                                        .allocation("a2", ClientStatus.FAILED, true),
                                SOON)
                        .failure()
                        .orElseThrow();
        assertThat(failure.cause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(failure.message())
                .isEqualTo(
                        "web: done, but 1 of 2 allocations of group g run; allocation a2 on node;"
                                + " Nomad replaces it no more");
    }

    @Test
    void allocationThatNomadForgotToRescheduleFailsThePhaseAfterAWhile() {
        Sights short_ =
                through()
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", ClientStatus.FAILED, true);
        assertStays(look(short_, SOON), "waits for Nomad to replace it until 2026-03-02T12:01:05Z");
        assertStays(look(short_, SOON.plusSeconds(29)), "1 of 2 allocations of group g run");
        assertFailed(look(short_, SOON.plusSeconds(30)), "Nomad replaces it no more");
    }

    @Test
    void allocationThatWillBeReplacedIsWaitedForUntilThePhasesDeadline() {
        Sights short_ =
                through()
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", state("run", ClientStatus.FAILED, later()));
        assertStays(look(short_, SOON), "waits for Nomad");
        assertStays(look(short_, SOON.plus(ALLOWED).minusSeconds(1)), "waits for Nomad");
        assertFailed(look(short_, SOON.plus(ALLOWED)), "not replaced within 60 s");
    }

    @Test
    void replacementCountsWhenItHasRunAsLongAsHealthTakes() {
        ObjectNode update = new ObjectMapper().createObjectNode();
        update.put("MinHealthyTime", Duration.ofSeconds(10).toNanos());
        assertStays(
                look(
                        through()
                                .group("Update", update)
                                .allocation("a1", ClientStatus.RUNNING, true)
                                .allocation("a2", state("stop", ClientStatus.LOST, then("a3")))
                                .allocation(
                                        "a3", state("run", ClientStatus.PENDING, Successor.NONE)),
                        SOON),
                "1 of 2 allocations of group g run");
        Sights replaced =
                through()
                        .group("Update", update)
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", state("stop", ClientStatus.LOST, then("a3")))
                        .allocation("a3", state("run", ClientStatus.RUNNING, Successor.NONE));
        assertStays(look(replaced, SOON.plusSeconds(3)), "has to run until 2026-03-02T12:00:18Z");
        assertStays(look(replaced, SOON.plusSeconds(12)), "has to run until");
        assertDone(look(replaced, SOON.plusSeconds(13)));
    }

    @Test
    void lostAllocationWithoutAPlaceIsWaitedForUntilThePhasesDeadline() {
        Sights lost =
                through()
                        .group("ReschedulePolicy", policy(0, false))
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", state("stop", ClientStatus.LOST, Successor.NONE));
        assertStays(look(lost, SOON), "waits for Nomad");
        assertFailed(look(lost, SOON.plus(ALLOWED)), "allocation a2");
    }

    @Test
    void allocationsThatNomadMovesToAnotherNodeAreNoHarm() {
        assertDone(
                look(
                        through()
                                .allocation("a1", ClientStatus.RUNNING, true)
                                .allocation("a2", state("stop", ClientStatus.COMPLETE, then("a3")))
                                .allocation(
                                        "a3", state("run", ClientStatus.RUNNING, Successor.NONE)),
                        SOON));
        assertDone(
                look(
                        through()
                                .allocation("a1", ClientStatus.RUNNING, true)
                                .allocation(
                                        "a2", state("stop", ClientStatus.RUNNING, Successor.NONE)),
                        SOON));
    }

    @Test
    void whatFailedAndIsNotMissedIsNoHarm() {
        assertDone(
                look(
                        through()
                                .allocation("a1", ClientStatus.RUNNING, true)
                                .allocation("a2", ClientStatus.FAILED, true)
                                .allocation("a3", ClientStatus.RUNNING, true),
                        SOON));
    }

    @Test
    void serviceThatEndedByItselfDoesNotServe() {
        assertFailed(
                look(
                        through()
                                .group("ReschedulePolicy", policy(0, false))
                                .allocation("a1", ClientStatus.RUNNING, true)
                                .allocation("a2", ClientStatus.COMPLETE, true),
                        SOON),
                "1 of 2");
    }

    @Test
    void systemJobMissesWhatFailedAndNotWhatWasOnALostNode() {
        Sights lost =
                through()
                        .type("system", "")
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", state("stop", ClientStatus.LOST, Successor.NONE))
                        .allocation("a3", state("run", ClientStatus.FAILED, then("a1")));
        assertDone(look(lost, SOON));
        notes = JobNotes.expecting(7).registered(10);
        phase = phase();
        Sights failed = lost.allocation("a4", ClientStatus.FAILED, true);
        assertStays(look(failed, SOON), "1 allocations run; allocation a4");
        assertFailed(look(failed, SOON.plusSeconds(30)), "Nomad replaces it no more");
    }

    @Test
    void bakeAfterTheDeploymentCountsReplacementsOfWhoseHealthNomadSaysNothing() {
        Phase.Builder bake = phase().toBuilder();
        bake.getPlannedBuilder().setKind(PlannedPhase.Kind.BAKE).putTargets("g", 2);
        phase = bake.setUntilTime(Times.timestamp(SOON.plus(ALLOWED.multipliedBy(9)))).build();
        Sights replaced =
                through()
                        .allocation("a1", ClientStatus.RUNNING, true)
                        .allocation("a2", state("stop", ClientStatus.LOST, then("a3")))
                        .allocation("a3", state("run", ClientStatus.RUNNING, Successor.NONE));
        assertStays(look(replaced, SOON), "bakes until");
        assertThat(notes.clock().lostMillis()).isZero();
    }

    private RolloutStep look(Sights sights, Instant now) {
        RolloutStep step =
                rules.decide(
                        Rollout.newBuilder().addPhases(phase).build(),
                        Map.of("web", notes),
                        Map.of("web", sights.seen()),
                        now);
        phase = step.rollout().getPhases(0);
        notes = Phases.notesOf(step.notes(), "web");
        return step;
    }

    private static void assertStays(RolloutStep step, String words) {
        assertThat(step.failure()).isEmpty();
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(Phase.State.RUNNING);
        assertThat(step.rollout().getPhases(0).getMessage()).contains(words);
    }

    private static void assertFailed(RolloutStep step, String words) {
        PhaseFailure failure = step.failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(failure.message()).contains(words).doesNotContain("\n");
        assertThat(step.effects()).isEmpty();
    }

    private static void assertDone(RolloutStep step) {
        assertThat(step.failure()).isEmpty();
        assertThat(step.rollout().getPhases(0).getState()).isEqualTo(Phase.State.SUCCEEDED);
        assertThat(step.effects()).hasOnlyElementsOfType(RolloutEffect.TagVersion.class);
    }

    private static Sights through() {
        return Sights.of().deployment(DeploymentStatus.SUCCESSFUL, "done", 0, 2, 2);
    }

    private static Allocation.State state(
            String desired, ClientStatus client, Successor successor) {
        return new Allocation.State(desired, client, Optional.empty(), false, successor);
    }

    private static Successor then(String allocation) {
        return new Successor(Optional.of(allocation), Optional.empty());
    }

    private static Successor later() {
        return new Successor(Optional.empty(), Optional.of("e2"));
    }

    private static ObjectNode policy(int attempts, boolean unlimited) {
        return new ObjectMapper()
                .createObjectNode()
                .put("Attempts", attempts)
                .put("Unlimited", unlimited);
    }

    private static Phase phase() {
        return Phase.newBuilder()
                .setJob("web")
                .setState(Phase.State.RUNNING)
                .setEvaluationId("e1")
                .setJobVersion(3)
                .setJobModifyIndex(30)
                .setStartTime(Times.timestamp(Sights.START))
                .setPlanned(
                        PlannedPhase.newBuilder()
                                .setId("p")
                                .setKind(PlannedPhase.Kind.REGISTER)
                                .setTime(
                                        com.google.protobuf.util.Durations.fromSeconds(
                                                ALLOWED.toSeconds())))
                .build();
    }
}
