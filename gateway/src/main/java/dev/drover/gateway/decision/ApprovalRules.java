package dev.drover.gateway.decision;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.approval.Approvals;
import dev.drover.gateway.approval.Quorum;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.List;

/** Judges by the approvals that were given so far. */
final class ApprovalRules {

    private ApprovalRules() {}

    static RuleVerdict judge(Policy policy, Rule rule, ApprovalCase promotion) {
        ApprovalRule asked = rule.getApproval();
        Quorum quorum = Approvals.quorum(asked, promotion);
        Verdict verdict = quorum.reached() ? Verdict.ALLOW : Verdict.REQUIRE;
        RuleVerdict.Builder told =
                Rules.of(policy, rule, verdict)
                        .setApprovals(quorum.approvers().size())
                        .setApprovalsRequired(quorum.required());
        if (quorum.reached()) {
            return told.setMessage("approved by " + String.join(", ", quorum.approvers())).build();
        }
        List<String> groups =
                asked.getGroupsList().stream().map(Approvals::groupName).sorted().toList();
        return told.setCode("APPROVALS_MISSING")
                .setMessage(message(quorum, groups, asked.getAllowRequester()))
                .addAllUnblockedBy(
                        groups.isEmpty()
                                ? List.of("anybody who may approve")
                                : groups.stream().map(group -> "group:" + group).toList())
                .build();
    }

    private static String message(Quorum quorum, List<String> groups, boolean requester) {
        String people = quorum.missing() == 1 ? "approval is" : "approvals are";
        String from = groups.isEmpty() ? "" : " from members of " + String.join(" or ", groups);
        return "%d more %s needed%s%s"
                .formatted(
                        quorum.missing(),
                        people,
                        from,
                        requester ? "" : ", not the requester's own");
    }
}
