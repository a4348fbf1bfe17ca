package dev.drover.gateway.promotion;

import dev.drover.v1.FailureCause;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * That a rollout is being ended, and why.
 *
 * @param wanted whether it is
 * @param cause why it failed; unspecified for a cancellation
 * @param message in one line
 * @param cancelledBy who cancelled it; empty: it failed
 * @param heldMillis since when it is held for a person, in milliseconds since 1970; 0: it is not
 * @param abortedBy who ended the hold by going back, and why; empty: nobody
 */
record Ending(
        boolean wanted,
        FailureCause cause,
        String message,
        String cancelledBy,
        long heldMillis,
        String abortedBy) {
    static final Ending NONE =
            new Ending(false, FailureCause.FAILURE_CAUSE_UNSPECIFIED, "", "", 0, "");

    Ending {
        // Notes of older gateways have none.
        abortedBy = abortedBy == null ? "" : abortedBy;
    }

    static Ending failed(FailureCause cause, String message) {
        return new Ending(true, cause, message, "", 0, "");
    }

    static Ending cancelled(String by, String reason) {
        return new Ending(true, FailureCause.FAILURE_CAUSE_UNSPECIFIED, reason, by, 0, "");
    }

    Ending held(Instant since) {
        return new Ending(wanted, cause, message, cancelledBy, since.toEpochMilli(), "");
    }

    Ending aborted(String by) {
        return new Ending(wanted, cause, message, cancelledBy, heldMillis, by);
    }

    /** Nothing came of going back: it is held on. */
    Ending heldOn(String why) {
        return new Ending(wanted, cause, message + "; " + why, cancelledBy, heldMillis, "");
    }

    Ending texts(UnaryOperator<String> change) {
        return new Ending(wanted, cause, change.apply(message), cancelledBy, heldMillis, abortedBy);
    }

    boolean byPerson() {
        return !cancelledBy.isEmpty();
    }
}
