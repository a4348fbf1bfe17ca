package dev.drover.cli;

import com.google.protobuf.util.Timestamps;
import dev.drover.v1.Decision;
import dev.drover.v1.PolicyTest;
import dev.drover.v1.PolicyTestExpectation;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of a test.
 *
 * @param failures what is not as it should be; empty where the test passed
 */
record PolicyTestResult(String name, Decision decision, List<String> failures) {

    /**
     * Holds a decision against what was expected.
     *
     * @param declared the full names of all rules of all policies of the test
     */
    static PolicyTestResult of(PolicyTest test, Decision decision, List<String> declared) {
        List<String> failures = new ArrayList<>();
        PolicyTestExpectation wanted = test.getExpect();
        List<String> rules =
                Stream.concat(
                                declared.stream(),
                                decision.getRulesList().stream().map(RuleVerdict::getRule))
                        .distinct()
                        .toList();
        if (wanted.getVerdict() != Verdict.VERDICT_UNSPECIFIED
                && wanted.getVerdict() != decision.getVerdict()) {
            failures.add(
                    "the verdict is %s, not %s%s"
                            .formatted(
                                    decision.getVerdict(), wanted.getVerdict(), because(decision)));
        }
        new TreeMap<>(wanted.getRulesMap())
                .forEach((rule, verdict) ->
                        found(rule, decision, rules, failures)
                                .filter(said -> said.getVerdict() != verdict)
                                .ifPresent(said ->
                                        failures.add(
                                                "rule %s says %s, not %s: %s"
                                                        .formatted(
                                                                rule,
                                                                said.getVerdict(),
                                                                verdict,
                                                                said.getMessage()))));
        new TreeMap<>(wanted.getMessagesMap())
                .forEach((rule, part) ->
                        found(rule, decision, rules, failures)
                                .filter(said -> !said.getMessage().contains(part))
                                .ifPresent(said ->
                                        failures.add(
                                                "the message of rule %s has not \"%s\" in it: %s"
                                                        .formatted(
                                                                rule, part, said.getMessage()))));
        if (wanted.hasNextEligibleTime()
                && !wanted.getNextEligibleTime().equals(decision.getNextEligibleTime())) {
            failures.add(
                    "it may be eligible %s, not from %s"
                            .formatted(
                                    decision.hasNextEligibleTime()
                                            ? "from "
                                                    + Timestamps.toString(
                                                            decision.getNextEligibleTime())
                                            : "at no known time",
                                    Timestamps.toString(wanted.getNextEligibleTime())));
        }
        return new PolicyTestResult(
                test.getName(), decision, failures.stream().distinct().toList());
    }

    boolean passed() {
        return failures.isEmpty();
    }

    private static String because(Decision decision) {
        List<String> rules =
                decision.getRulesList().stream()
                        .filter(rule -> rule.getVerdict() == decision.getVerdict())
                        .map(RuleVerdict::getRule)
                        .toList();
        return rules.isEmpty() || decision.getVerdict() == Verdict.ALLOW
                ? ""
                : ", by " + String.join(", ", rules);
    }

    private static Optional<RuleVerdict> found(
            String rule, Decision decision, List<String> declared, List<String> failures) {
        List<String> meant =
                declared.stream().filter(name -> name.equals(rule) || ends(name, rule)).toList();
        if (meant.size() > 1) {
            failures.add("rule %s may be %s".formatted(rule, String.join(" or ", meant)));
            return Optional.empty();
        }
        if (meant.isEmpty()) {
            List<String> ids =
                    declared.stream().map(name -> name.replaceFirst(".*/", "")).distinct().toList();
            failures.add("there is no rule %s%s".formatted(rule, Nearest.hint(rule, ids)));
            return Optional.empty();
        }
        Optional<RuleVerdict> said =
                decision.getRulesList().stream()
                        .filter(one -> one.getRule().equals(meant.getFirst()))
                        .findFirst();
        if (said.isEmpty()) {
            failures.add(
                    "rule %s was not asked: the selector of its policy does not select this promotion"
                            .formatted(rule));
        }
        return said;
    }

    private static boolean ends(String name, String id) {
        return name.endsWith("/rules/" + id);
    }
}
