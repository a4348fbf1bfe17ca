package dev.drover.gateway.approval;

import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import java.util.List;

/**
 * A promotion as far as approvals matter.
 *
 * @param planDigest the plan that is to be approved
 * @param requester who asked for the promotion; empty: the gateway itself
 * @param rules the approval rules of all policies that guard it
 * @param approvals what people said so far, void ones included
 */
public record ApprovalCase(
        String planDigest, String requester, List<ApprovalRule> rules, List<Approval> approvals) {

    public ApprovalCase {
        rules = List.copyOf(rules);
        approvals = List.copyOf(approvals);
    }

    /** Approvals of the present plan that still count. */
    List<Approval> standing() {
        return approvals.stream()
                .filter(approval -> approval.getState() == Approval.State.APPROVED)
                .filter(approval -> approval.getPlanDigest().equals(planDigest))
                .toList();
    }
}
