package dev.drover.policy;

/**
 * One reason why an expression is refused.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param message one sentence for the author of the expression
 * @param excerpt the line of the expression and, below it, a caret at the column; empty where there
 *     is no line to show
 */
public record ExpressionProblem(int line, int column, String message, String excerpt) {

    static ExpressionProblem at(SourceText source, Position position, String message) {
        return new ExpressionProblem(
                position.line(), position.column(), message, source.excerpt(position));
    }

    /** Position and message in one line: {@code 1:9: unknown variable ...}. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
