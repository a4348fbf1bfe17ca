package dev.drover.gateway.api.dispatch;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/** The refusal of a request that is too large; the same words on every face. */
public final class TooLarge {
    private TooLarge() {}

    /** The refusal; the limit is in bytes. */
    public static GatewayException request(int limit) {
        return new GatewayException(
                Reason.LIMIT_EXCEEDED,
                ("the request is larger than %d bytes; send less, or raise"
                                + " calls.max_request_bytes of the gateway")
                        .formatted(limit),
                ErrorDetails.NONE
                        .with("limit", "requestBytes")
                        .with("limitBytes", String.valueOf(limit)));
    }
}
