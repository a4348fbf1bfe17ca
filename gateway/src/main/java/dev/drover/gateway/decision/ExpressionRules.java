package dev.drover.gateway.decision;

import dev.drover.policy.Compilation;
import dev.drover.policy.ExpressionProblem;
import dev.drover.policy.Outcome;
import dev.drover.policy.PolicyLanguage;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Judges by expressions; one that cannot be evaluated is a no. */
final class ExpressionRules {

    /** Far above the rules of one gateway: old revisions leave theirs behind. */
    private static final int KEPT = 4096;

    private static final Pattern STATEFUL = Pattern.compile("\\bhistory\\b");

    private record Source(String text, ExpressionResult result) {}

    private final PolicyLanguage language = new PolicyLanguage();

    /** By text: the same text always compiles to the same, whichever revision it came with. */
    private final Map<Source, Compilation> compiled = new ConcurrentHashMap<>();

    /** Whether the rule asks for what happened before. */
    static boolean stateful(Rule rule) {
        return STATEFUL.matcher(rule.getExpression().getExpression()).find();
    }

    RuleVerdict judge(Policy policy, Rule rule, PolicyInput input) {
        ExpressionRule expression = rule.getExpression();
        return switch (evaluate(expression.getExpression(), ExpressionResult.BOOL, input)) {
            case Outcome.Truth truth when truth.value() ->
                    Rules.of(policy, rule, Verdict.ALLOW)
                            .setMessage("holds: " + expression.getExpression())
                            .putAllValues(truth.values())
                            .build();
            case Outcome.Truth truth ->
                    Rules.of(policy, rule, Verdict.DENY)
                            .setCode("EXPRESSION_FALSE")
                            .setMessage(message(expression, truth, input))
                            .putAllValues(truth.values())
                            .addAllUnblockedBy(unblockers(input))
                            .build();
            case Outcome.Text text -> failed(policy, rule, "yielded text: " + text.value(), input);
            case Outcome.Failed failure -> failed(policy, rule, position(failure), input);
        };
    }

    private static RuleVerdict failed(Policy policy, Rule rule, String why, PolicyInput input) {
        return Rules.of(policy, rule, Verdict.DENY)
                .setCode("EXPRESSION_FAILED")
                .setMessage(
                        "cannot be evaluated, which counts as a no: %s, in: %s"
                                .formatted(why, rule.getExpression().getExpression()))
                .addAllUnblockedBy(unblockers(input))
                .build();
    }

    private String message(ExpressionRule rule, Outcome.Truth truth, PolicyInput input) {
        String plain =
                "is not true: "
                        + rule.getExpression()
                        + truth.values().entrySet().stream()
                                .map(value -> value.getKey() + " = " + value.getValue())
                                .collect(Collectors.joining(", ", " (", ")"));
        if (rule.getMessage().isEmpty()) {
            return plain;
        }
        return switch (evaluate(rule.getMessage(), ExpressionResult.STRING, input)) {
            case Outcome.Text text -> text.value();
            case Outcome.Truth ignored -> plain;
            case Outcome.Failed failure ->
                    plain + "; its message cannot be evaluated: " + position(failure);
        };
    }

    private Outcome evaluate(String text, ExpressionResult result, PolicyInput input) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        Compilation compilation =
                compiled.computeIfAbsent(
                        new Source(text, result),
                        source -> language.compile(source.text(), source.result()));
        return switch (compilation) {
            case Compilation.Compiled right -> right.expression().evaluate(input);
            case Compilation.Rejected wrong -> rejected(wrong);
        };
    }

    /** Only possible for a policy that an older Drover accepted. */
    private static Outcome rejected(Compilation.Rejected wrong) {
        ExpressionProblem problem = wrong.problems().getFirst();
        return new Outcome.Failed(
                dev.drover.policy.FailureCode.INVALID_ARGUMENT,
                "the expression is not valid: " + problem.message(),
                problem.line(),
                problem.column());
    }

    private static String position(Outcome.Failed failure) {
        return "%d:%d: %s".formatted(failure.line(), failure.column(), failure.message());
    }

    private static Set<String> unblockers(PolicyInput input) {
        return Rules.makers(input.getApplication().getOwnersList(), input.getRelease().getAuthor());
    }
}
