package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;

/** What the measurements of a phase say. */
public sealed interface PhaseVerdict {
    /** Before anything was measured. */
    PhaseVerdict NONE = new Open("waits to be measured");

    /**
     * Nothing yet.
     *
     * @param message one sentence
     */
    record Open(String message) implements PhaseVerdict {}

    /** Yes. */
    record Yes() implements PhaseVerdict {}

    /**
     * No.
     *
     * @param cause VERIFICATION_FAILED or VERIFICATION_INCONCLUSIVE
     * @param message one sentence
     */
    record No(FailureCause cause, String message) implements PhaseVerdict {}
}
