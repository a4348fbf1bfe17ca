package dev.drover.policy;

/**
 * Leaves an evaluation that goes over a limit. An {@link Error}, because the evaluator takes any
 * exception for the value of an operand, and {@code slow || true} would go on.
 */
final class LimitExceeded extends Error {

    private final String reason;

    private LimitExceeded(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    static LimitExceeded work() {
        return new LimitExceeded(
                "the evaluation takes more than "
                        + Limits.WORK
                        + " units of work; loop over less, or nest fewer loops");
    }

    static LimitExceeded valueSize() {
        return new LimitExceeded(
                "a text has more than %d characters, or a list or map more than %d elements"
                        .formatted(Limits.TEXT_SIZE, Limits.ELEMENTS));
    }

    String reason() {
        return reason;
    }
}
