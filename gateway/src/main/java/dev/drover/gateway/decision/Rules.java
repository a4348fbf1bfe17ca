package dev.drover.gateway.decision;

import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.LinkedHashSet;
import java.util.Set;

/** Beginnings of verdicts. */
final class Rules {

    static final String ENFORCE = "ENFORCE";
    static final String WARN = "WARN";

    private Rules() {}

    static RuleVerdict.Builder builtIn(String rule, Verdict verdict) {
        return RuleVerdict.newBuilder().setRule(rule).setVerdict(verdict).setEnforcement(ENFORCE);
    }

    static RuleVerdict.Builder of(Policy policy, Rule rule, Verdict verdict) {
        return RuleVerdict.newBuilder()
                .setRule(name(policy, rule))
                .setPolicyRevision(policy.getRevision())
                .setVerdict(verdict)
                .setEnforcement(enforcement(rule));
    }

    static String name(Policy policy, Rule rule) {
        return policy.getName() + "/rules/" + rule.getId();
    }

    /** Whether a verdict may stand in the way. */
    static boolean counts(RuleVerdict verdict) {
        return verdict.getEnforcement().equals(ENFORCE);
    }

    /** Those who can change what a release is, and take it through the stages. */
    static Set<String> makers(Iterable<String> owners, String author) {
        Set<String> people = new LinkedHashSet<>();
        owners.forEach(people::add);
        if (!author.isEmpty()) {
            people.add(author);
        }
        return people;
    }

    /** Whether a rule's verdict may stand in the way. */
    static boolean enforced(Rule rule) {
        return enforcement(rule).equals(ENFORCE);
    }

    private static String enforcement(Rule rule) {
        return rule.getEnforcement() == Enforcement.ENFORCEMENT_UNSPECIFIED
                ? ENFORCE
                : rule.getEnforcement().name();
    }
}
