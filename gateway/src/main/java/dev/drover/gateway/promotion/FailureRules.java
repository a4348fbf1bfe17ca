package dev.drover.gateway.promotion;

import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;

/** What follows a failure or a cancellation, once nothing of the rollout is under way. */
final class FailureRules {
    private FailureRules() {}

    /**
     * Brings back what ran before, holds the lane for a person, or ends.
     *
     * @param failed what happens where it ends because it failed
     */
    static void end(Draft draft, AfterFailure after, PromotionEvent failed) {
        Ending ending = draft.notes().ending();
        boolean back = ending.byPerson() || after.declared() == Strategy.OnFailure.ROLLBACK;
        if (back && Rollbacks.possible(draft, after)) {
            Rollbacks.start(draft, after);
        } else if (ending.byPerson()) {
            draft.fire(PromotionEvent.CANCELLED, Rollbacks.left(draft, after));
        } else if (holds(draft, after)) {
            HeldRules.hold(draft);
        } else {
            draft.fail(failed, ending.cause(), Rollbacks.left(draft, after));
        }
    }

    /** Nobody has to decide about what nothing was changed by, or somebody else has in hand. */
    private static boolean holds(Draft draft, AfterFailure after) {
        return after.declared() == Strategy.OnFailure.HOLD
                && draft.promotion().getKind() == Promotion.Kind.RELEASE
                && draft.notes().ending().cause() != FailureCause.CHANGED_OUT_OF_BAND
                && !Rollbacks.changedJobs(draft).isEmpty();
    }
}
