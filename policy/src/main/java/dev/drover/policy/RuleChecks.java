package dev.drover.policy;

import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of a policy must meet beyond their annotations. */
final class RuleChecks {

    private RuleChecks() {}

    static List<FieldProblem> check(Policy policy) {
        List<FieldProblem> problems = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < policy.getRulesCount(); i++) {
            Rule rule = policy.getRules(i);
            String path = "rules[" + i + "]";
            @Nullable Integer first = seen.putIfAbsent(rule.getId(), i);
            if (first != null && !rule.getId().isEmpty()) {
                problems.add(
                        FieldProblem.of(
                                path + ".id",
                                "\""
                                        + rule.getId()
                                        + "\" is already the id of rules["
                                        + first
                                        + "]"));
            }
            if (rule.getKindCase() == Rule.KindCase.KIND_NOT_SET) {
                problems.add(FieldProblem.of(path, "needs one of expression and approval"));
            }
        }
        return problems;
    }
}
