package dev.drover.gateway.api;

/** The gateway cannot start; the message is one sentence for whoever starts it. */
public final class StartFailure extends RuntimeException {
    /** Why. */
    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Why, where nothing else failed. */
    public StartFailure(String message) {
        super(message);
    }
}
