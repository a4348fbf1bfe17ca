package dev.drover.policy;

import java.util.List;

/**
 * An evaluation with everything that it came to on its way.
 *
 * @param outcome as without a look
 * @param parts all parts that are no literals, in the order of the expression
 */
public record Inspection(Outcome outcome, List<Part> parts) {

    /** Copies the parts. */
    public Inspection {
        parts = List.copyOf(parts);
    }

    /**
     * A part of the expression.
     *
     * @param text the part as an expression; shortened where it is long
     * @param depth how many other parts it stands in
     * @param line where it stands, from 1
     * @param column where it stands, from 1
     * @param condition whether it is true or false
     * @param value the last value that it had; empty where it had none
     * @param seen whether it had a value
     * @param seenTrue whether it was true at least once
     * @param seenFalse whether it was false at least once
     */
    public record Part(
            String text,
            int depth,
            int line,
            int column,
            boolean condition,
            String value,
            boolean seen,
            boolean seenTrue,
            boolean seenFalse) {

        /** The same part in several evaluations. */
        public Part and(Part other) {
            return new Part(
                    text,
                    depth,
                    line,
                    column,
                    condition,
                    other.seen ? other.value : value,
                    seen || other.seen,
                    seenTrue || other.seenTrue,
                    seenFalse || other.seenFalse);
        }
    }
}
