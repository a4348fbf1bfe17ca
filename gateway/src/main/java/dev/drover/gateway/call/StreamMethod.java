package dev.drover.gateway.call;

import com.google.protobuf.Message;

/**
 * A method with a stream of answers. Called on a virtual thread of its own; is interrupted when the
 * caller leaves.
 */
@FunctionalInterface
public interface StreamMethod {
    /** Sends answers until it returns. */
    void stream(Call call, Message request, Sink sink) throws InterruptedException;

    /** Where the answers go. */
    @FunctionalInterface
    interface Sink {
        /**
         * Sends one; blocks while the caller reads slowly. @throws InterruptedException where the
         * caller left
         */
        void send(Message answer) throws InterruptedException;
    }
}
