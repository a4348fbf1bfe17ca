package dev.drover.policy;

import java.util.List;
import java.util.Optional;

/** What came of compiling an expression. */
public sealed interface Compilation {

    /** The expression is right. */
    record Compiled(CompiledExpression expression) implements Compilation {}

    /**
     * The expression is refused.
     *
     * @param problems at least one, in the order of the text
     */
    record Rejected(List<ExpressionProblem> problems) implements Compilation {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** The problems; empty where the expression is right. */
    default List<ExpressionProblem> problems() {
        return switch (this) {
            case Compiled ignored -> List.of();
            case Rejected rejected -> rejected.problems();
        };
    }

    /** The compiled expression, where it is right. */
    default Optional<CompiledExpression> compiled() {
        return switch (this) {
            case Compiled compiled -> Optional.of(compiled.expression());
            case Rejected ignored -> Optional.empty();
        };
    }
}
