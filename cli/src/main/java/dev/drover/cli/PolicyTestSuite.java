package dev.drover.cli;

import dev.drover.gateway.decision.OfflineGate;
import dev.drover.v1.Calendar;
import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyTest;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a file of tests.
 *
 * @param results one for each test
 * @param problems why nothing was run; empty where it was
 */
record PolicyTestSuite(String file, List<PolicyTestResult> results, List<PolicyProblem> problems) {

    static PolicyTestSuite run(PolicyTestFile file, OfflineGate gate, PolicyCoverage coverage) {
        List<Policy> policies = of(file, Policy.class);
        List<Calendar> calendars = of(file, Calendar.class);
        List<PolicyProblem> problems = new ArrayList<>(file.problems());
        if (problems.isEmpty()) {
            problems.addAll(missing(file, calendars));
        }
        if (!problems.isEmpty()) {
            return new PolicyTestSuite(file.file(), List.of(), problems);
        }
        policies.forEach(coverage::add);
        List<String> rules =
                policies.stream()
                        .flatMap(policy ->
                                policy.getRulesList().stream()
                                        .map(rule -> policy.getName() + "/rules/" + rule.getId()))
                        .toList();
        List<PolicyTestResult> results = new ArrayList<>();
        for (PolicyTest test : file.tests()) {
            DecisionInput input = PolicyCase.input(test.getGiven(), calendars);
            Decision decision = gate.decide(input, policies);
            results.add(PolicyTestResult.of(test, decision, rules));
            policies.stream()
                    .filter(policy -> asked(policy, decision))
                    .forEach(policy -> coverage.evaluate(policy, input.getVariables()));
        }
        return new PolicyTestSuite(file.file(), results, List.of());
    }

    private static boolean asked(Policy policy, Decision decision) {
        return decision.getRulesList().stream()
                .anyMatch(rule -> rule.getRule().startsWith(policy.getName() + "/rules/"));
    }

    private static <M> List<M> of(PolicyTestFile file, Class<M> type) {
        return file.policies().stream()
                .filter(document -> type.isInstance(document.message()))
                .map(document -> type.cast(document.named()))
                .toList();
    }

    /** Calendars that rules name and no file has. */
    private static List<PolicyProblem> missing(PolicyTestFile file, List<Calendar> calendars) {
        List<String> known = calendars.stream().map(Calendar::getName).toList();
        List<PolicyProblem> problems = new ArrayList<>();
        for (PolicyDocument document : file.policies()) {
            if (!(document.message() instanceof Policy policy)) {
                continue;
            }
            for (int i = 0; i < policy.getRulesCount(); i++) {
                Rule rule = policy.getRules(i);
                for (String name : rule.getWindow().getCalendarsList()) {
                    if (!known.contains(name)) {
                        problems.add(
                                document.error(
                                        "rules[" + i + "].window.calendars",
                                        name + " is in none of the files of " + file.file()));
                    }
                }
            }
        }
        return problems;
    }

    long failed() {
        return results.stream().filter(result -> !result.passed()).count();
    }
}
