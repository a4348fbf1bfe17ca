package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PolicyInput;
import java.util.List;

/** Compiles expressions. Costs nothing before the first one; safe for use by many threads. */
public final class PolicyLanguage {

    /**
     * Compiles and type-checks an expression over the fields of {@code drover.v1.PolicyInput}.
     *
     * @param result BOOL for a condition, STRING for a message
     */
    public Compilation compile(String expression, ExpressionResult result) {
        return compile(expression, result, PolicyInput.getDescriptor());
    }

    /**
     * Compiles and type-checks an expression over the fields of another message.
     *
     * @param result BOOL for a condition, STRING for a message
     * @param input the message whose fields are the variables
     */
    public Compilation compile(String expression, ExpressionResult result, Descriptor input) {
        CelEnvironment environment = CelEnvironment.of(input);
        SourceText source = SourceText.of(expression);
        if (expression.isBlank()) {
            return rejected(
                    ExpressionProblem.at(source, Position.START, "the expression is empty"));
        }
        CelValidationResult parsed = environment.cel().parse(expression);
        if (parsed.hasError()) {
            return new Compilation.Rejected(SyntaxProblems.of(source, parsed.getErrors()));
        }
        try {
            CelAbstractSyntaxTree tree = parsed.getAst();
            CelValidationResult checked = environment.cel().check(tree);
            if (checked.hasError()) {
                return new Compilation.Rejected(
                        TypeProblems.of(source, tree, checked.getErrors(), input));
            }
            return compile(environment, source, checked.getAst(), result);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("the compiler contradicts itself on: " + expression, e);
        }
    }

    private static Compilation compile(
            CelEnvironment environment,
            SourceText source,
            CelAbstractSyntaxTree tree,
            ExpressionResult result)
            throws CelEvaluationException {
        CelType wanted = type(result);
        if (!tree.getResultType().equals(wanted)) {
            return rejected(
                    ExpressionProblem.at(
                            source,
                            Position.START,
                            "the expression must yield "
                                    + TypeNames.of(wanted)
                                    + ", but yields "
                                    + TypeNames.of(tree.getResultType())));
        }
        List<ExpressionProblem> problems = LiteralProblems.of(source, tree);
        if (!problems.isEmpty()) {
            return new Compilation.Rejected(problems);
        }
        CelRuntime.Program program = environment.cel().createProgram(tree);
        return new Compilation.Compiled(
                new CompiledExpression(environment.input(), source, tree, program));
    }

    private static CelType type(ExpressionResult result) {
        return switch (result) {
            case BOOL -> SimpleType.BOOL;
            case STRING -> SimpleType.STRING;
            case EXPRESSION_RESULT_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "an expression needs a result type, not " + result);
        };
    }

    private static Compilation rejected(ExpressionProblem problem) {
        return new Compilation.Rejected(List.of(problem));
    }
}
