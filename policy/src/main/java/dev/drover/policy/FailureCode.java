package dev.drover.policy;

/** Why an evaluation failed. */
public enum FailureCode {
    /** A map has no such key. */
    MISSING_KEY,
    /** A list has no such element. */
    INDEX_OUT_OF_RANGE,
    /** A number was divided by zero. */
    DIVISION_BY_ZERO,
    /** A number became too large or too small for its type. */
    OVERFLOW,
    /**
     * A function refused its argument, for example a zone or a regular expression that does not
     * exist.
     */
    INVALID_ARGUMENT,
    /** The evaluation went over a limit of docs/policy.md. */
    LIMIT_EXCEEDED,
    /** Anything else; a fault of Drover. */
    INTERNAL
}
