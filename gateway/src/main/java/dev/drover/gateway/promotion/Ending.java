package dev.drover.gateway.promotion;

import dev.drover.v1.FailureCause;
import java.util.function.UnaryOperator;

/**
 * That a rollout is being ended, and why.
 *
 * @param wanted whether it is
 * @param cause why it failed; unspecified for a cancellation
 * @param message in one line
 * @param cancelledBy who cancelled it; empty: it failed
 */
record Ending(boolean wanted, FailureCause cause, String message, String cancelledBy) {
    static final Ending NONE = new Ending(false, FailureCause.FAILURE_CAUSE_UNSPECIFIED, "", "");

    static Ending failed(FailureCause cause, String message) {
        return new Ending(true, cause, message, "");
    }

    static Ending cancelled(String by, String reason) {
        return new Ending(true, FailureCause.FAILURE_CAUSE_UNSPECIFIED, reason, by);
    }

    Ending texts(UnaryOperator<String> change) {
        return new Ending(wanted, cause, change.apply(message), cancelledBy);
    }

    boolean byPerson() {
        return !cancelledBy.isEmpty();
    }
}
