package dev.drover.gateway.promotion;

import static dev.drover.v1.Promotion.State.BLOCKED;
import static dev.drover.v1.Promotion.State.CANCELLED;
import static dev.drover.v1.Promotion.State.EXPIRED;
import static dev.drover.v1.Promotion.State.FAILED;
import static dev.drover.v1.Promotion.State.HELD;
import static dev.drover.v1.Promotion.State.PENDING_APPROVAL;
import static dev.drover.v1.Promotion.State.PLANNING;
import static dev.drover.v1.Promotion.State.QUEUED;
import static dev.drover.v1.Promotion.State.REJECTED;
import static dev.drover.v1.Promotion.State.ROLLED_BACK;
import static dev.drover.v1.Promotion.State.RUNNING;
import static dev.drover.v1.Promotion.State.SUCCEEDED;
import static dev.drover.v1.Promotion.State.SUPERSEDED;
import static dev.drover.v1.Promotion.State.VERIFYING;

import dev.drover.gateway.rollout.Transitions;
import dev.drover.v1.Promotion;
import java.util.Set;

/**
 * The states of a promotion and what leads from one to the next.
 *
 * <p>While what ran before is being brought back, the failed promotion is VERIFYING: it waits for
 * the result, and the rollback, a promotion of its own, is the one that runs in the lane.
 */
final class PromotionStates {
    private static final Set<Promotion.State> WAITING =
            Set.of(PLANNING, BLOCKED, PENDING_APPROVAL, QUEUED);

    static final Transitions<Promotion.State, PromotionEvent> TABLE =
            Transitions.from(
                            PLANNING,
                            PromotionEvent.class,
                            Set.of(
                                    SUCCEEDED,
                                    FAILED,
                                    ROLLED_BACK,
                                    REJECTED,
                                    CANCELLED,
                                    SUPERSEDED,
                                    EXPIRED))
                    .on(PromotionEvent.PLAN_FAILED, Set.of(PLANNING, QUEUED), FAILED)
                    .on(PromotionEvent.DENIED, Set.of(PLANNING, PENDING_APPROVAL, QUEUED), BLOCKED)
                    .on(
                            PromotionEvent.REQUIRES_APPROVAL,
                            Set.of(PLANNING, BLOCKED, QUEUED),
                            PENDING_APPROVAL)
                    .on(PromotionEvent.ALLOWED, Set.of(PLANNING, BLOCKED, PENDING_APPROVAL), QUEUED)
                    .on(
                            PromotionEvent.PLAN_CHANGED,
                            Set.of(BLOCKED, PENDING_APPROVAL, QUEUED),
                            PLANNING)
                    .on(PromotionEvent.STARTED, QUEUED, RUNNING)
                    .on(PromotionEvent.ROLLED_OUT, RUNNING, VERIFYING)
                    .on(PromotionEvent.VERIFIED, VERIFYING, SUCCEEDED)
                    .on(PromotionEvent.ROLLOUT_FAILED, RUNNING, FAILED)
                    .on(PromotionEvent.VERIFICATION_FAILED, VERIFYING, FAILED)
                    .on(PromotionEvent.HELD, Set.of(RUNNING, VERIFYING), HELD)
                    .on(PromotionEvent.HOLD_ENDED, HELD, FAILED)
                    .on(
                            PromotionEvent.ROLLBACK_STARTED,
                            Set.of(RUNNING, VERIFYING, HELD),
                            VERIFYING)
                    .on(PromotionEvent.ROLLBACK_SUCCEEDED, VERIFYING, ROLLED_BACK)
                    .on(PromotionEvent.ROLLBACK_FAILED, VERIFYING, FAILED)
                    .on(PromotionEvent.CANCELLED, WAITING, CANCELLED)
                    .on(PromotionEvent.CANCELLED, Set.of(RUNNING, VERIFYING), CANCELLED)
                    .on(PromotionEvent.REJECTED, WAITING, REJECTED)
                    .on(PromotionEvent.SUPERSEDED, WAITING, SUPERSEDED)
                    .on(PromotionEvent.EXPIRED, Set.of(BLOCKED, PENDING_APPROVAL), EXPIRED)
                    .build();

    private PromotionStates() {}

    /** Whether it has not begun to change anything. */
    static boolean waits(Promotion promotion) {
        return WAITING.contains(promotion.getState());
    }

    static boolean ended(Promotion promotion) {
        return TABLE.terminal(promotion.getState());
    }
}
