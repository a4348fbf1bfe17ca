package dev.drover.gateway.promotion;

/** What can happen to a promotion, and what the audit log calls it. */
enum PromotionEvent {
    /** Jobs cannot be rendered, or Nomad refuses them. */
    PLAN_FAILED("promotion.fail"),
    /** Rules say no, for now. */
    DENIED("promotion.block"),
    /** Rules ask for approvals that are missing. */
    REQUIRES_APPROVAL("promotion.plan"),
    /** Every rule is met. */
    ALLOWED("promotion.queue"),
    /** What the plan was made of has changed. */
    PLAN_CHANGED("promotion.replan"),
    /** Its turn in the lane has come. */
    STARTED("promotion.start"),
    /** Every phase is done. */
    ROLLED_OUT("promotion.verify"),
    /** The result is good. */
    VERIFIED("promotion.succeed"),
    /** A phase failed and nothing is brought back. */
    ROLLOUT_FAILED("promotion.fail"),
    /** A verification said no and nothing is brought back. */
    VERIFICATION_FAILED("promotion.fail"),
    /** It failed or was cancelled, and what ran before is being brought back. */
    ROLLBACK_STARTED("promotion.rollback"),
    /** What ran before runs again. */
    ROLLBACK_SUCCEEDED("promotion.rolledback"),
    /** What ran before could not be brought back. */
    ROLLBACK_FAILED("promotion.fail"),
    /** It failed, and a person is to decide what becomes of it. */
    HELD("promotion.hold"),
    /** A person ended the hold: all stays as it is. */
    HOLD_ENDED("promotion.fail"),
    /** A person stopped it, and all is as it was, or left as told. */
    CANCELLED("promotion.cancel"),
    /** A person said no. */
    REJECTED("promotion.reject"),
    /** A newer one took its place. */
    SUPERSEDED("promotion.supersede"),
    /** Nobody decided in time. */
    EXPIRED("promotion.expire");

    private final String action;

    PromotionEvent(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }
}
