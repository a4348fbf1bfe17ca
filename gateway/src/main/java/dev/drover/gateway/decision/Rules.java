package dev.drover.gateway.decision;

import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;

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
                .setRule(policy.getName() + "/rules/" + rule.getId())
                .setPolicyRevision(policy.getRevision())
                .setVerdict(verdict)
                .setEnforcement(enforcement(rule));
    }

    private static String enforcement(Rule rule) {
        return rule.getEnforcement() == Enforcement.ENFORCEMENT_UNSPECIFIED
                ? ENFORCE
                : rule.getEnforcement().name();
    }
}
