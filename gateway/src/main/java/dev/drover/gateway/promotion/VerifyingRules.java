package dev.drover.gateway.promotion;

import dev.drover.gateway.verification.Runs;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;

/** What follows for a promotion whose rollout is over. */
final class VerifyingRules {
    private VerifyingRules() {}

    static void decide(Draft draft, Observation observation) {
        Promotion promotion = draft.promotion();
        if (!promotion.getRolledBackBy().isEmpty()) {
            if (observation instanceof Observation.RollbackSeen seen) {
                rollback(draft, seen.rollback());
            }
            return;
        }
        switch (observation) {
            case Observation.Verified verified -> {
                VerificationRules.take(draft, verified);
                conclude(draft);
            }
            case Observation.MeasuringEnded ended -> end(draft, ended.after());
            // Nothing is due; but the time that a person had may be over.
            case Observation.Nothing nothing when promotion.getVerificationRunsCount() > 0 ->
                    conclude(draft);
            default -> {}
        }
    }

    private static void rollback(Draft draft, Promotion rollback) {
        if (PromotionStates.ended(rollback)) {
            rollbackEnded(draft, rollback);
        } else {
            draft.message(Rollbacks.underWay(draft.notes().ending(), rollback));
        }
    }

    private static void conclude(Draft draft) {
        if (draft.notes().ending().wanted()) {
            return;
        }
        Promotion promotion = draft.promotion();
        switch (Runs.together(VerificationRules.after(promotion), draft.situation().now())) {
            case Runs.Together.Passed passed ->
                    draft.fire(PromotionEvent.VERIFIED, LiveChanges.done(promotion));
            case Runs.Together.Open open -> draft.message(VerificationRules.open(open));
            case Runs.Together.Waiting waiting -> draft.message(VerificationRules.waiting(waiting));
            case Runs.Together.Failed failed ->
                    fail(draft, FailureCause.VERIFICATION_FAILED, VerificationRules.failed(failed));
            case Runs.Together.Inconclusive unclear ->
                    fail(
                            draft,
                            FailureCause.VERIFICATION_INCONCLUSIVE,
                            VerificationRules.inconclusive(unclear));
        }
    }

    private static void fail(Draft draft, FailureCause cause, String message) {
        draft.set(draft.notes().with(Ending.failed(cause, message)));
        draft.message("failed: " + message);
    }

    /** Nothing is measured any more: brings back what ran before, or ends. */
    private static void end(Draft draft, AfterFailure after) {
        VerificationRules.stop(draft);
        FailureRules.end(draft, after, PromotionEvent.VERIFICATION_FAILED);
    }

    private static void rollbackEnded(Draft draft, Promotion rollback) {
        Ending ending = draft.notes().ending();
        String cause = Rollbacks.cause(ending);
        if (HeldRules.holdsOn(draft, rollback)) {
            HeldRules.holdOn(draft, rollback);
        } else if (rollback.getState() != Promotion.State.SUCCEEDED) {
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
