package dev.drover.provider.resource;

import dev.drover.policy.ExpressionProblem;
import dev.drover.policy.PolicyLanguage;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.ExpressionResult;
import java.util.List;
import java.util.stream.Collectors;

/** {@code cel_check(expr)}: whether a text is a condition of the policy language. */
final class CelCheck implements Function {
    @Override
    public Signature signature() {
        return Signature.of(
                "Checks an expression of a policy",
                "Compiles and type-checks a condition as a rule of a policy would: `true` where it is right. Where it"
                        + " is wrong the call fails, with line, column and what is expected; for a plain answer"
                        + " write `can(provider::drover::cel_check(var.expression))`.",
                List.of(
                        Parameter.of(
                                "expr",
                                Type.STRING,
                                "The expression, for example `plan.destructive_updates <= 10`.")),
                Type.BOOL);
    }

    @Override
    public Value call(List<Value> arguments) {
        String expression = ((Value.Text) arguments.getFirst()).text();
        List<ExpressionProblem> problems =
                new PolicyLanguage().compile(expression, ExpressionResult.BOOL).problems();
        if (!problems.isEmpty()) {
            throw new ArgumentException(
                    0, problems.stream().map(CelCheck::text).collect(Collectors.joining("\n")));
        }
        return Value.bool(true);
    }

    private static String text(ExpressionProblem problem) {
        String place = "line %d, column %d: ".formatted(problem.line(), problem.column());
        String excerpt = problem.excerpt().isEmpty() ? "" : "\n\n" + problem.excerpt().indent(2);
        return place + problem.message() + excerpt;
    }
}
