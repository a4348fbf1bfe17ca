package dev.drover.gateway.baseline;

import dev.drover.gateway.auth.People;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Refuses approval rules that nobody could ever meet, with the accounts that there are. */
final class ApproverChecks {
    private ApproverChecks() {}

    static void check(Policy policy, Lookup lookup, Problems problems) {
        if (policy.getRulesList().stream().noneMatch(Rule::hasApproval)) {
            return;
        }
        People people =
                People.of(
                        lookup.list(ServiceAccount.class, "").stream()
                                .map(Versioned::message)
                                .toList());
        for (int i = 0; i < policy.getRulesCount(); i++) {
            if (policy.getRules(i).hasApproval() && enforced(policy.getRules(i))) {
                String path = "rules[" + i + "].approval";
                ApprovalRule rule = policy.getRules(i).getApproval();
                check(path, rule.getCount(), rule.getGroupsList(), rule.getPeopleList(), people)
                        .tell(problems);
                for (int j = 0; j < rule.getAlternativesCount(); j++) {
                    var other = rule.getAlternatives(j);
                    check(
                                    path + ".alternatives[" + j + "]",
                                    other.getCount(),
                                    other.getGroupsList(),
                                    other.getPeopleList(),
                                    people)
                            .tell(problems);
                }
            }
        }
    }

    /** What is only shown or recorded holds nothing up, whoever it asks. */
    private static boolean enforced(Rule rule) {
        return rule.getEnforcement() == Enforcement.ENFORCE
                || rule.getEnforcement() == Enforcement.ENFORCEMENT_UNSPECIFIED;
    }

    private record Able(String path, int count, List<String> accounts) {
        void tell(Problems problems) {
            if (accounts.size() >= count) {
                return;
            }
            problems.add(
                    Reason.APPROVERS_TOO_FEW,
                    path + ".count",
                    "%d needed, and only %d account%s can approve%s; create the others first (enabled, OPERATOR or more, in the groups or named), or ask for fewer"
                            .formatted(
                                    count,
                                    accounts.size(),
                                    accounts.size() == 1 ? "" : "s",
                                    accounts.isEmpty() ? "" : ": " + String.join(", ", accounts)));
        }
    }

    private static Able check(
            String path,
            int count,
            Collection<String> groups,
            Collection<String> named,
            People people) {
        List<String> able = new ArrayList<>(people.able(groups, named));
        if (groups.isEmpty() && named.isEmpty()) {
            able.add(Principal.ROOT.account());
        }
        return new Able(path, count, able);
    }
}
