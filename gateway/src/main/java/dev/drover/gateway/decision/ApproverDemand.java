package dev.drover.gateway.decision;

import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whose approval a policy asks for. */
final class ApproverDemand {
    private ApproverDemand() {}

    /**
     * Another demand than before.
     *
     * @param rule that asks for something else
     */
    record Change(String rule, String message) {}

    /** Empty where both ask for the same. */
    static Optional<Change> change(Optional<Policy> before, Optional<Policy> after) {
        List<ApprovalRule> was = demands(before);
        List<ApprovalRule> is = demands(after);
        List<ApprovalRule> gone = without(was, is);
        List<ApprovalRule> added = without(is, was);
        if (gone.isEmpty() && added.isEmpty()) {
            return Optional.empty();
        }
        String rule = rule(after, added).or(() -> rule(before, gone)).orElse("");
        return Optional.of(
                new Change(rule, "asked for %s, would ask for %s".formatted(text(was), text(is))));
    }

    private static List<ApprovalRule> demands(Optional<Policy> policy) {
        return policy.stream()
                .flatMap(one -> one.getRulesList().stream())
                .filter(ApproverDemand::counts)
                .map(ApproverDemand::ordered)
                .toList();
    }

    /** Groups are a set. */
    private static ApprovalRule ordered(Rule rule) {
        ApprovalRule asked = rule.getApproval();
        return asked.toBuilder()
                .clearGroups()
                .addAllGroups(asked.getGroupsList().stream().distinct().sorted().toList())
                .build();
    }

    private static boolean counts(Rule rule) {
        return rule.hasApproval()
                && (rule.getEnforcement() == Enforcement.ENFORCE
                        || rule.getEnforcement() == Enforcement.ENFORCEMENT_UNSPECIFIED);
    }

    private static List<ApprovalRule> without(List<ApprovalRule> some, List<ApprovalRule> others) {
        List<ApprovalRule> left = new ArrayList<>(some);
        others.forEach(left::remove);
        return left;
    }

    private static Optional<String> rule(Optional<Policy> policy, List<ApprovalRule> asked) {
        return policy.flatMap(one ->
                one.getRulesList().stream()
                        .filter(ApproverDemand::counts)
                        .filter(rule -> asked.contains(ordered(rule)))
                        .findFirst()
                        .map(rule -> Rules.name(one, rule)));
    }

    private static String text(List<ApprovalRule> demands) {
        return demands.isEmpty()
                ? "nobody"
                : demands.stream()
                        .map(one ->
                                one.getCount()
                                        + " of "
                                        + (one.getGroupsCount() == 0
                                                ? "anybody"
                                                : String.join(" or ", one.getGroupsList())))
                        .collect(Collectors.joining(" and "));
    }
}
