package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rollout;
import dev.drover.v1.Undecided;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody reads whose word is waited for. */
class PersonTextTest {
    private static final String NAME = "projects/shop/promotions/p";

    private final List<String> said = new ArrayList<>();
    private final GatewayTime time = new GatewayTime(() -> 0);
    private final PersonText text = new PersonText(said::add, new TimeLeft(time));

    @Test
    void timeUntilNobodyDecidedIsToldWithTheCommandsThatDecide() {
        time.told(at(1000));
        Promotion promotion =
                rollout(
                        waiting("worker", 5000, Undecided.ADVANCE),
                        waiting("web", 1180, Undecided.ABORT));

        text.waits(promotion);

        assertThat(PersonText.waitsForOne(promotion)).isTrue();
        assertThat(said)
                .containsExactly(
                        "==> canaries wait for a person: 3 m until it is aborted (nobody decided)."
                                + " Let them go on, or take them back:",
                        "    drover advance " + NAME,
                        "    drover abort " + NAME + " --reason TEXT",
                        "    (an abort: the canaries are stopped)");
    }

    @Test
    void whereTheGatewayToldNoTimeTheTimeItselfIsTold() {
        text.waits(rollout(waiting("web", 1_772_452_800, Undecided.ADVANCE)));
        assertThat(said.getFirst())
                .contains("at 2026-03-02 12:00:00 UTC it is advanced (nobody decided)");
    }

    @Test
    void whatWasPausedByHandIsResumed() {
        Phase phase =
                waiting("web", 0, Undecided.ABORT).toBuilder()
                        .clearUntilTime()
                        .setPauseReason(Phase.PauseReason.MANUAL)
                        .setPauseNote("paused by sam: odd graphs")
                        .build();
        text.waits(rollout(phase));
        assertThat(said)
                .startsWith(
                        "==> paused by sam: odd graphs. Let it go on, or take it back:",
                        "    drover resume " + NAME);
    }

    @Test
    void verificationThatCannotTellWaitsForAPersonUnlessItFailsOrDecidesNothing() {
        VerificationRun run =
                VerificationRun.newBuilder()
                        .setVerification("projects/shop/verifications/errors")
                        .setState(VerificationRun.State.INCONCLUSIVE)
                        .setMessage("2 of 3 measurements unclear")
                        .build();
        Promotion promotion =
                rollout().toBuilder()
                        .setState(Promotion.State.VERIFYING)
                        .addVerificationRuns(run)
                        .build();
        assertThat(PersonText.waitsForOne(promotion)).isTrue();
        text.waits(promotion);
        assertThat(said)
                .containsExactly(
                        "==> verification errors cannot tell: 2 of 3 measurements unclear",
                        "==> a person decides. Accept what was measured, or take it back:",
                        "    drover advance " + NAME,
                        "    drover cancel " + NAME + " --reason TEXT");

        var declared =
                Verification.newBuilder()
                        .setOnInconclusive(Verification.InconclusiveAction.FAIL)
                        .build();
        assertThat(waits(promotion, run.toBuilder().setDeclaration(declared))).isFalse();
        declared = Verification.newBuilder().setDryRun(true).build();
        assertThat(waits(promotion, run.toBuilder().setDeclaration(declared))).isFalse();
        assertThat(waits(promotion, run.toBuilder().setAcceptedBy("users/sam"))).isFalse();
    }

    @Test
    void bakeSaysWhatFollowsAndHowNotToWait() {
        Phase bake = phase("web", Kind.BAKE, "bake-10").setState(Phase.State.RUNNING).build();
        Phase other = phase("other", Kind.EXTEND, "x").setState(Phase.State.PENDING).build();
        Phase next =
                phase("web", Kind.EXTEND, "all")
                        .setState(Phase.State.PENDING)
                        .setPlanned(PlannedPhase.newBuilder().setSummary("replace the rest"))
                        .build();
        assertThat(PersonText.hints(rollout(bake, other, next), bake))
                .containsExactly(
                        "        then: replace the rest",
                        "        drover advance " + NAME + "  # at once",
                        "        drover abort " + NAME + " --reason TEXT  # back");
        assertThat(PersonText.hints(rollout(bake, other, next), next)).isEmpty();
    }

    private static boolean waits(Promotion promotion, VerificationRun.Builder run) {
        return PersonText.waitsForOne(promotion.toBuilder().setVerificationRuns(0, run).build());
    }

    private static Phase waiting(String job, long until, Undecided undecided) {
        Phase.Builder phase =
                phase(job, Kind.WAIT, "decide")
                        .setState(Phase.State.PAUSED)
                        .setPauseReason(Phase.PauseReason.CANARY_STEP)
                        .setUntilTime(at(until));
        phase.getPlannedBuilder().setUndecided(undecided).setAbort("the canaries are stopped");
        return phase.build();
    }

    private static Phase.Builder phase(String job, Kind kind, String id) {
        return Phase.newBuilder()
                .setJob(job)
                .setPlanned(PlannedPhase.newBuilder().setKind(kind).setId(id));
    }

    private static Promotion rollout(Phase... phases) {
        return Promotion.newBuilder()
                .setName(NAME)
                .setState(Promotion.State.RUNNING)
                .setRollout(Rollout.newBuilder().addAllPhases(List.of(phases)))
                .build();
    }

    private static Timestamp at(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }
}
