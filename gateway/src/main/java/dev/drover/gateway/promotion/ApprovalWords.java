package dev.drover.gateway.promotion;

import dev.drover.gateway.approval.Words;
import dev.drover.v1.Approval;
import java.util.List;

/** Keeps what became of people's words, each change with its line in the audit log. */
final class ApprovalWords {
    private ApprovalWords() {}

    /**
     * Takes over what was found out about words; those on another plan are void.
     *
     * @param looked empty: nothing was found out
     */
    static void take(Draft draft, List<Approval> looked, String planDigest) {
        List<Approval> before = draft.promotion().getApprovalsList();
        List<Approval> after =
                Words.voided(
                        looked.isEmpty() ? before : looked, planDigest, draft.situation().now());
        if (after.equals(before)) {
            return;
        }
        draft.set(draft.promotion().toBuilder().clearApprovals().addAllApprovals(after).build());
        for (Approval word : after) {
            boolean ended =
                    word.getState() == Approval.State.VOIDED
                            || word.getState() == Approval.State.EXPIRED;
            if (ended && !before.contains(word)) {
                draft.audit(
                        "promotion.void",
                        "the approval of %s does not count any more: %s"
                                .formatted(word.getApprover(), word.getVoidReason()));
            }
        }
    }
}
