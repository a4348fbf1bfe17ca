package dev.drover.provider.protocol;

import java.util.function.Consumer;

/** A method, as bytes: what carries it need not know its messages. */
public interface Method {
    /** The name within the service, such as {@code ReadResource}. */
    String name();

    /** Answers one encoded request; called from several threads at once. */
    byte[] call(byte[] request);

    /** Whether {@link #stream} is to be called, and not {@link #call}. */
    default boolean isStreaming() {
        return false;
    }

    /** Answers one encoded request with any number of messages, in order. */
    default void stream(byte[] request, Consumer<byte[]> answers) {
        answers.accept(call(request));
    }
}
