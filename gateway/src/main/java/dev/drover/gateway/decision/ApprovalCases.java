package dev.drover.gateway.decision;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.approval.AskedRule;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;

/** What a promotion is to those who approve it. */
public final class ApprovalCases {

    private ApprovalCases() {}

    /** Of what is to be judged. */
    public static ApprovalCase of(GateRequest request) {
        return new ApprovalCase(
                request.plan().getDigest(),
                request.asked().getRequester(),
                request.nouns().release().getAuthor(),
                request.nouns().policies().stream()
                        .flatMap(policy ->
                                policy.getRulesList().stream()
                                        .filter(Rule::hasApproval)
                                        .map(rule -> asked(policy, rule, request.people())))
                        .toList(),
                request.approvals(),
                request.people().accounts(),
                request.now());
    }

    private static AskedRule asked(Policy policy, Rule rule, KnownPeople people) {
        return new AskedRule(
                Rules.name(policy, rule),
                rule.getApproval(),
                people.editors().getOrDefault(policy.getName(), ""));
    }
}
