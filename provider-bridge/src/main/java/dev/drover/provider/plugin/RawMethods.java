package dev.drover.provider.plugin;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Descriptors of methods whose messages stay bytes: no message class is loaded before its method is
 * called.
 */
final class RawMethods implements MethodDescriptor.Marshaller<byte[]> {
    private static final RawMethods BYTES = new RawMethods();

    private RawMethods() {}

    static MethodDescriptor<byte[], byte[]> unary(String service, String method) {
        return descriptor(service, method, MethodDescriptor.MethodType.UNARY);
    }

    static MethodDescriptor<byte[], byte[]> serverStreaming(String service, String method) {
        return descriptor(service, method, MethodDescriptor.MethodType.SERVER_STREAMING);
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(
            String service, String method, MethodDescriptor.MethodType type) {
        return MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                .build();
    }

    @Override
    public InputStream stream(byte[] message) {
        return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("the request could not be read")
                    .withCause(e)
                    .asRuntimeException();
        }
    }
}
