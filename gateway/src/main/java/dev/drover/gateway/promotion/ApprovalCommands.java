package dev.drover.gateway.promotion;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.approval.Approvals;
import dev.drover.gateway.approval.Words;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Approval;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.TreeSet;

/** What people say of a plan: yes, no, and neither after all; pure. */
final class ApprovalCommands {
    private static final List<Promotion.State> DECIDABLE =
            List.of(Promotion.State.BLOCKED, Promotion.State.PENDING_APPROVAL);
    private static final List<Promotion.State> PLANNED =
            List.of(
                    Promotion.State.BLOCKED,
                    Promotion.State.PENDING_APPROVAL,
                    Promotion.State.QUEUED);

    private ApprovalCommands() {}

    /** Makes the case of a promotion that is loaded; what it says of people is of this moment. */
    @FunctionalInterface
    interface Cases {
        ApprovalCase of(Draft draft);
    }

    static void approve(Draft draft, Cases cases, Principal caller, String digest, String comment) {
        Commands.allow(draft.promotion(), "approved", DECIDABLE);
        ApprovalCase promotion = cases.of(draft);
        Approvals.check(promotion, caller, digest, comment);
        replace(draft, promotion, caller, "approved it anew");
        add(draft, word(draft, caller, Approval.State.APPROVED).setComment(comment).build());
        draft.audit(
                "promotion.approve",
                caller.account()
                        + " approved plan "
                        + digest
                        + (comment.isEmpty() ? "" : ": " + comment));
    }

    static void reject(Draft draft, Cases cases, Principal caller, String reason) {
        Commands.allow(
                draft.promotion(),
                "rejected",
                PromotionStates.TABLE.statesFor(PromotionEvent.REJECTED));
        ApprovalCase promotion = cases.of(draft);
        boolean ends = Approvals.rejectionEnds(promotion, caller);
        if (!ends) {
            Commands.allow(draft.promotion(), "rejected by one of several", PLANNED);
            replace(draft, promotion, caller, "rejected it since");
        }
        add(draft, word(draft, caller, Approval.State.REJECTED).setComment(reason).build());
        String told = "rejected by " + caller.account() + ": " + reason;
        if (ends) {
            draft.fire(PromotionEvent.REJECTED, told);
        } else {
            draft.audit("promotion.disapprove", told + "; one approval more is needed");
        }
    }

    static void withdraw(Draft draft, Cases cases, Principal caller, String reason) {
        Commands.allow(draft.promotion(), "withdrawn from", PLANNED);
        if (!replace(
                draft,
                cases.of(draft),
                caller,
                "withdrew it" + (reason.isEmpty() ? "" : ": " + reason))) {
            throw Commands.notNow(
                    draft.promotion(),
                    "there is no word of %s on its plan that counts".formatted(caller.account()));
        }
        draft.audit(
                "promotion.withdraw",
                caller.account()
                        + " took back what was said of plan "
                        + draft.promotion().getPlan().getDigest()
                        + (reason.isEmpty() ? "" : ": " + reason));
    }

    private static boolean replace(
            Draft draft, ApprovalCase promotion, Principal caller, String why) {
        List<Approval> words = Words.withdrawn(promotion, caller.account(), why);
        boolean changed = !words.equals(promotion.approvals());
        draft.set(draft.promotion().toBuilder().clearApprovals().addAllApprovals(words).build());
        return changed;
    }

    private static void add(Draft draft, Approval word) {
        draft.set(draft.promotion().toBuilder().addApprovals(word).build());
    }

    private static Approval.Builder word(Draft draft, Principal caller, Approval.State state) {
        return Approval.newBuilder()
                .setApprover(caller.account())
                .addAllGroups(new TreeSet<>(caller.groups()))
                .setPlanDigest(draft.promotion().getPlan().getDigest())
                .setCreateTime(Times.timestamp(draft.situation().now()))
                .setState(state);
    }
}
