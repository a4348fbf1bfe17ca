package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.drover.v1.PolicyInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An expression that passed the checker. Evaluations depend on nothing but the input, keep to fixed
 * limits, and may run on many threads at once.
 */
public final class CompiledExpression {

    private final SourceText source;
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final ExpressionText text;
    private final TreeFacts facts;

    CompiledExpression(SourceText source, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.source = source;
        this.tree = tree;
        this.program = program;
        this.text = new ExpressionText(tree);
        this.facts = TreeFacts.of(tree);
    }

    /** The expression as it was written. */
    public String text() {
        return source.text();
    }

    /**
     * The fields of the input that the expression reads: {@code plan}, {@code history}. A loop
     * variable of such a name counts, too.
     */
    public Set<String> variables() {
        return tree.getReferenceMap().values().stream()
                .map(CelReference::name)
                .filter(CelEnvironment.VARIABLES::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Evaluates; whatever goes wrong is {@link Outcome.Failed}. */
    public Outcome evaluate(PolicyInput input) {
        EvaluationTrace trace = new EvaluationTrace(facts);
        try {
            return switch (program.trace(variables(CanonicalInput.of(input)), trace)) {
                case Boolean value -> new Outcome.Truth(value, DecidingParts.of(tree, text, trace));
                case String value -> new Outcome.Text(value);
                case Object other ->
                        failed(
                                FailureCode.INTERNAL,
                                "yielded a value of type " + other.getClass().getName(),
                                0);
            };
        } catch (CelEvaluationException e) {
            return EvaluationFailure.of(e, source, tree);
        } catch (LimitExceeded e) {
            return failed(FailureCode.LIMIT_EXCEEDED, e.reason(), offset(trace.lastNode()));
        }
    }

    private static CelVariableResolver variables(PolicyInput input) {
        return name ->
                Optional.ofNullable(PolicyInput.getDescriptor().findFieldByName(name))
                        .map(input::getField);
    }

    private int offset(long node) {
        return tree.getSource().getPositionsMap().getOrDefault(node, 0);
    }

    private Outcome failed(FailureCode code, String message, int offset) {
        Position position = source.position(offset);
        return new Outcome.Failed(code, message, position.line(), position.column());
    }
}
