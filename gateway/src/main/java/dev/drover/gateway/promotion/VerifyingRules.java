package dev.drover.gateway.promotion;

import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;

/** What follows for a promotion whose rollout is over. */
final class VerifyingRules {
    private VerifyingRules() {}

    static void decide(Draft draft, Observation observation) {
        Promotion promotion = draft.promotion();
        if (promotion.getRolledBackBy().isEmpty()) {
            draft.fire(PromotionEvent.VERIFIED, promotion.getRelease() + " runs");
        } else if (observation instanceof Observation.RollbackSeen seen
                && PromotionStates.ended(seen.rollback())) {
            rollbackEnded(draft, seen.rollback());
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
