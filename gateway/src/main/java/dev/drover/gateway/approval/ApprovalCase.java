package dev.drover.gateway.approval;

import dev.drover.gateway.auth.People;
import dev.drover.v1.Approval;
import java.time.Instant;
import java.util.List;

/**
 * A promotion as far as approvals matter.
 *
 * @param planDigest the plan that is to be approved
 * @param requester who asked for the promotion; empty: the gateway itself
 * @param author who made the release
 * @param rules the approval rules of all policies that guard it
 * @param approvals what people said so far, void ones included
 * @param people accounts as they are now
 */
public record ApprovalCase(
        String planDigest,
        String requester,
        String author,
        List<AskedRule> rules,
        List<Approval> approvals,
        People people,
        Instant now) {

    public ApprovalCase {
        rules = List.copyOf(rules);
        approvals = List.copyOf(approvals);
    }

    /** Approvals of the present plan that nobody took back. */
    List<Approval> standing() {
        return words(Approval.State.APPROVED);
    }

    /** Words of this kind on the present plan. */
    List<Approval> words(Approval.State state) {
        return approvals.stream()
                .filter(word -> word.getState() == state)
                .filter(word -> word.getPlanDigest().equals(planDigest))
                .toList();
    }
}
