package dev.drover.gateway.api.dispatch;

import com.google.rpc.Status;

/** A call that ended with an error, already told in the terms of the API and already logged. */
public final class CallFailed extends Exception {
    private final transient Status status;

    CallFailed(Status status, Throwable cause) {
        super(status.getMessage(), cause);
        this.status = status;
    }

    /** What to tell the caller. */
    public Status status() {
        return status;
    }
}
