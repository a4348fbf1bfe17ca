package dev.drover.provider.protocol;

/** A unary method, as bytes: what carries it need not know its messages. */
public interface Method {
    /** The name within the service, such as {@code ReadResource}. */
    String name();

    /** Answers one encoded request; called from several threads at once. */
    byte[] call(byte[] request);
}
