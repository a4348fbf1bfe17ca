package dev.drover.cli;

import dev.drover.v1.Promotion;

/** What a command's exit status tells a script. */
enum ExitCode {
    /** Done. */
    DONE(0),
    /** Something is wrong with the call, the connection or the gateway. */
    ERROR(1),
    /** Waits for approval. */
    WAITING(2),
    /** Blocked by a rule. */
    BLOCKED(3),
    /** Rejected by a person, or cancelled. */
    REJECTED(4),
    /** Failed, rolled back or held. */
    FAILED(5);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The exit status for a command that stops at this state. */
    static ExitCode of(Promotion.State state) {
        return switch (state) {
            case SUCCEEDED, PLANNING, QUEUED, RUNNING, VERIFYING -> DONE;
            case PENDING_APPROVAL -> WAITING;
            case BLOCKED -> BLOCKED;
            case REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> REJECTED;
            // A script has to know that it failed; the hold is for people.
            case FAILED, ROLLED_BACK, HELD -> FAILED;
            case STATE_UNSPECIFIED, UNRECOGNIZED -> ERROR;
        };
    }
}
