package dev.drover.gateway.promotion;

import dev.drover.gateway.verification.Runs;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.util.List;

/** What follows for a promotion whose rollout is over. */
final class VerifyingRules {
    private VerifyingRules() {}

    static void decide(Draft draft, Observation observation) {
        Promotion promotion = draft.promotion();
        if (!promotion.getRolledBackBy().isEmpty()) {
            if (observation instanceof Observation.RollbackSeen seen
                    && PromotionStates.ended(seen.rollback())) {
                rollbackEnded(draft, seen.rollback());
            }
            return;
        }
        switch (observation) {
            case Observation.Declared declared -> begin(draft, declared.verifications());
            case Observation.Measured measured -> take(draft, measured);
            case Observation.MeasuringEnded ended -> end(draft, ended.rollbackWanted());
            // Nothing is due; but the time that a person had may be over.
            case Observation.Nothing nothing when promotion.getVerificationRunsCount() > 0 ->
                    conclude(draft);
            default -> {}
        }
    }

    private static void begin(Draft draft, List<Verification> declared) {
        Promotion.Builder promotion = draft.promotion().toBuilder();
        for (Verification one : declared) {
            promotion.addVerificationRuns(Runs.begin(one, "", draft.situation().now()));
        }
        draft.set(promotion.build());
        conclude(draft);
    }

    private static void take(Draft draft, Observation.Measured measured) {
        VerificationRun before = draft.promotion().getVerificationRuns(measured.run());
        VerificationRun after = Runs.take(before, measured.sample(), draft.situation().now());
        draft.set(draft.promotion().toBuilder().setVerificationRuns(measured.run(), after).build());
        tell(draft, before, after);
        conclude(draft);
    }

    private static void tell(Draft draft, VerificationRun before, VerificationRun after) {
        if (before.getState() != after.getState()) {
            draft.audit(
                    "promotion.verification",
                    "%s%s: %s: %s"
                            .formatted(
                                    Runs.id(after),
                                    after.getDeclaration().getDryRun() ? " (dry run)" : "",
                                    after.getState(),
                                    after.getMessage()));
        }
    }

    private static void conclude(Draft draft) {
        if (draft.notes().ending().wanted()) {
            return;
        }
        Promotion promotion = draft.promotion();
        switch (Runs.together(promotion.getVerificationRunsList(), draft.situation().now())) {
            case Runs.Together.Passed passed ->
                    draft.fire(PromotionEvent.VERIFIED, promotion.getRelease() + " runs");
            case Runs.Together.Open open -> draft.message("verification " + told(open.run()));
            case Runs.Together.Waiting waiting ->
                    draft.message(
                            "waits for a person until %s (advance to accept, cancel to take it back): inconclusive verification %s"
                                    .formatted(
                                            Runs.holdEnds(waiting.run()).orElseThrow(),
                                            told(waiting.run())));
            case Runs.Together.Failed failed ->
                    fail(
                            draft,
                            FailureCause.VERIFICATION_FAILED,
                            "verification " + told(failed.run()));
            case Runs.Together.Inconclusive unclear ->
                    fail(
                            draft,
                            FailureCause.VERIFICATION_INCONCLUSIVE,
                            "inconclusive verification " + told(unclear.run()));
        }
    }

    private static String told(VerificationRun run) {
        return Runs.id(run) + ": " + run.getMessage();
    }

    private static void fail(Draft draft, FailureCause cause, String message) {
        draft.set(draft.notes().with(Ending.failed(cause, message)));
        draft.message("failed: " + message);
    }

    /** Nothing is measured any more: brings back what ran before, or ends. */
    private static void end(Draft draft, boolean rollbackWanted) {
        Promotion.Builder promotion = draft.promotion().toBuilder();
        promotion.clearVerificationRuns();
        for (VerificationRun run : draft.promotion().getVerificationRunsList()) {
            promotion.addVerificationRuns(
                    Runs.stop(run, "the promotion ended first", draft.situation().now()));
        }
        draft.set(promotion.build());
        Ending ending = draft.notes().ending();
        if (Rollbacks.wanted(draft, rollbackWanted)) {
            Rollbacks.start(draft);
        } else if (ending.byPerson()) {
            draft.fire(PromotionEvent.CANCELLED, Rollbacks.left(draft));
        } else {
            draft.fail(PromotionEvent.VERIFICATION_FAILED, ending.cause(), Rollbacks.left(draft));
        }
    }

    private static void rollbackEnded(Draft draft, Promotion rollback) {
        Ending ending = draft.notes().ending();
        String cause = Rollbacks.cause(ending);
        if (rollback.getState() != Promotion.State.SUCCEEDED) {
            draft.fail(
                    PromotionEvent.ROLLBACK_FAILED,
                    FailureCause.ROLLBACK_FAILED,
                    cause
                            + "; the rollback "
                            + rollback.getName()
                            + " ended "
                            + rollback.getState()
                            + ": "
                            + rollback.getStateMessage());
        } else if (ending.byPerson()) {
            draft.fire(
                    PromotionEvent.CANCELLED, cause + "; " + rollback.getRelease() + " runs again");
        } else {
            draft.fire(
                    PromotionEvent.ROLLBACK_SUCCEEDED,
                    cause + "; " + rollback.getRelease() + " runs again");
        }
    }
}
