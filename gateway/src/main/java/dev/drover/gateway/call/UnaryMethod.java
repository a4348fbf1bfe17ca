package dev.drover.gateway.call;

import com.google.protobuf.Message;

/**
 * A method with one answer. Called on a virtual thread of its own; may block; is interrupted when
 * the caller leaves.
 */
@FunctionalInterface
public interface UnaryMethod {
    /** Answers, or throws a {@link dev.drover.gateway.error.GatewayException}. */
    Message call(Call call, Message request);
}
