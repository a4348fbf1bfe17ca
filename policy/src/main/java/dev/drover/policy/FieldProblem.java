package dev.drover.policy;

import java.util.List;

/**
 * One reason why a declaration is refused.
 *
 * @param path of the field, in the names of the proto: {@code rules[2].expression.message}, {@code
 *     labels["tier"]}
 * @param message one sentence for the author of the declaration; without path and position
 * @param line in the text of the field, from 1; 0 where the whole field is meant
 * @param column in that line, from 1; 0 where the whole field is meant
 * @param excerpt the line and a caret below its column; empty where the whole field is meant
 * @param others paths of fields whose values, or absence, make this one wrong
 */
public record FieldProblem(
        String path, String message, int line, int column, String excerpt, List<String> others) {

    /** Copies the paths. */
    public FieldProblem {
        others = List.copyOf(others);
    }

    /** A field that is wrong whatever the others are. */
    public FieldProblem(String path, String message, int line, int column, String excerpt) {
        this(path, message, line, column, excerpt, List.of());
    }

    static FieldProblem of(String path, String message) {
        return new FieldProblem(path, message, 0, 0, "");
    }

    static FieldProblem of(String path, ExpressionProblem problem) {
        return new FieldProblem(
                path, problem.message(), problem.line(), problem.column(), problem.excerpt());
    }

    /** The same, of a field that is wrong only beside these. */
    FieldProblem beside(List<String> paths) {
        return new FieldProblem(path, message, line, column, excerpt, paths);
    }

    /**
     * The message, after line and column where it has them: {@code line 1, column 9: unknown
     * variable ...}.
     */
    public String description() {
        return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
    }
}
