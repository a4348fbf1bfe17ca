package dev.drover.gateway.error;

/**
 * The one way in which the gateway refuses or fails: a reason, a message for people, details for
 * programs.
 */
public final class GatewayException extends RuntimeException {
    private final Reason reason;
    private final transient ErrorDetails details;

    /** A failure with details. The message names the thing, the value, and the next step. */
    public GatewayException(Reason reason, String message, ErrorDetails details) {
        super(message);
        this.reason = reason;
        this.details = details;
    }

    /** A failure that needs no details. */
    public GatewayException(Reason reason, String message) {
        this(reason, message, ErrorDetails.NONE);
    }

    /** A failure that another one caused. */
    public GatewayException(Reason reason, String message, ErrorDetails details, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.details = details;
    }

    /** One wrong field. */
    public static GatewayException invalidField(String field, String description) {
        return new GatewayException(
                Reason.INVALID_FIELD,
                field + ": " + description,
                ErrorDetails.field(field, description));
    }

    /** Nothing has this name. */
    public static GatewayException notFound(String type, String name) {
        return new GatewayException(
                Reason.NOT_FOUND, name + " does not exist", ErrorDetails.resource(type, name));
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The message; never null here, unlike that of other exceptions. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The machine-readable part. */
    public ErrorDetails details() {
        return details;
    }
}
