package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An expression that passed the checker. Evaluations depend on nothing but the input, keep to fixed
 * limits, and may run on many threads at once.
 */
public final class CompiledExpression {

    private final Descriptor input;
    private final SourceText source;
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final ExpressionText text;
    private final TreeFacts facts;

    CompiledExpression(
            Descriptor input,
            SourceText source,
            CelAbstractSyntaxTree tree,
            CelRuntime.Program program) {
        this.input = input;
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
                .filter(name -> input.findFieldByName(name) != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Evaluates; whatever goes wrong is {@link Outcome.Failed}.
     *
     * @param values of the message that it was compiled over
     */
    public Outcome evaluate(Message values) {
        EvaluationTrace trace = new EvaluationTrace(facts);
        return evaluate(values, trace, trace);
    }

    /** The same, with all values on the way; slower. */
    public Inspection inspect(Message values) {
        EvaluationTrace trace = new EvaluationTrace(facts);
        PartsSeen seen = new PartsSeen(trace);
        Outcome outcome = evaluate(values, trace, seen);
        return new Inspection(outcome, seen.parts(tree, source, text));
    }

    /** The parts, before they had any value. */
    public List<Inspection.Part> parts() {
        return new PartsSeen(new EvaluationTrace(facts)).parts(tree, source, text);
    }

    private Outcome evaluate(Message values, EvaluationTrace trace, CelEvaluationListener to) {
        if (!values.getDescriptorForType().getFullName().equals(input.getFullName())) {
            throw new IllegalArgumentException(
                    "the expression is over "
                            + input.getFullName()
                            + ", not over "
                            + values.getDescriptorForType().getFullName());
        }
        try {
            return switch (program.trace(InputValues.of(values), to)) {
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

    private int offset(long node) {
        return tree.getSource().getPositionsMap().getOrDefault(node, 0);
    }

    private Outcome failed(FailureCode code, String message, int offset) {
        Position position = source.position(offset);
        return new Outcome.Failed(code, message, position.line(), position.column());
    }
}
