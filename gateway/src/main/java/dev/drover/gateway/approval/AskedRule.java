package dev.drover.gateway.approval;

import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import java.util.ArrayList;
import java.util.List;

/**
 * An approval rule of a policy that guards a promotion.
 *
 * @param name of the rule, {@code policies/prod/rules/owners-approve}
 * @param editor who changed the policy last; empty: nobody knows
 */
public record AskedRule(String name, ApprovalRule rule, String editor) {

    /** What is enough to meet it: each of these by itself. */
    public List<ApprovalQuorum> quorums() {
        List<ApprovalQuorum> quorums = new ArrayList<>();
        quorums.add(
                ApprovalQuorum.newBuilder()
                        .setCount(rule.getCount())
                        .addAllGroups(rule.getGroupsList())
                        .addAllPeople(rule.getPeopleList())
                        .build());
        quorums.addAll(rule.getAlternativesList());
        return quorums;
    }

    boolean rejectionsCount() {
        return rule.getRejections() == ApprovalRule.Rejections.COUNT;
    }
}
