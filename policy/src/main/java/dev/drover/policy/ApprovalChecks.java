package dev.drover.policy;

import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What approval rules must meet that can be told without knowing the accounts. */
final class ApprovalChecks {

    private ApprovalChecks() {}

    static List<FieldProblem> check(String path, ApprovalRule rule) {
        List<FieldProblem> problems = new ArrayList<>();
        if (rule.hasValidFor()) {
            RuleChecks.positive(path + ".valid_for", rule.getValidFor(), problems);
        }
        count(path, rule.getCount(), rule.getGroupsList(), rule.getPeopleList(), problems);
        for (int i = 0; i < rule.getAlternativesCount(); i++) {
            ApprovalQuorum other = rule.getAlternatives(i);
            String where = path + ".alternatives[" + i + "]";
            count(where, other.getCount(), other.getGroupsList(), other.getPeopleList(), problems);
            if (other.getGroupsCount() == 0 && other.getPeopleCount() == 0) {
                problems.add(
                        FieldProblem.of(
                                where,
                                "names neither groups nor people, so anybody would do in place of those who are asked"));
            }
        }
        return problems;
    }

    private static void count(
            String path,
            int count,
            Collection<String> groups,
            Collection<String> people,
            List<FieldProblem> problems) {
        if (groups.isEmpty() && !people.isEmpty() && people.size() < count) {
            problems.add(
                    FieldProblem.of(
                            path + ".count",
                            "%d needed, and people names only %d".formatted(count, people.size())));
        }
    }
}
