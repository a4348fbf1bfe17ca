package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Cancellation;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The connection to the gateway. Calls are tried again while the gateway does not answer: reads are
 * harmless, and changes carry a request id.
 */
final class GatewayConnection {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);

    /** A gateway that was never there is told soon; one that restarts is waited for. */
    private static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(4);

    private static final Duration PATIENCE_LATER = Duration.ofSeconds(30);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final Duration CLOSE_MAX = Duration.ofMillis(100);
    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String address;
    private final ManagedChannel channel;
    private final CallOptions options;
    private volatile Duration patience = PATIENCE_AT_FIRST;

    private GatewayConnection(String address, ManagedChannel channel, CallOptions options) {
        this.address = address;
        this.channel = channel;
        this.options = options;
    }

    /**
     * A connection; nothing is sent before the first call.
     *
     * @param authorities PEM file of certificate authorities; empty: those of the Java runtime
     * @throws IOException where the file cannot be used
     */
    static GatewayConnection open(GatewayAddress address, String token, Optional<File> authorities)
            throws IOException {
        ChannelCredentials trust =
                address.tls() ? trust(authorities) : InsecureChannelCredentials.create();
        ManagedChannel channel =
                OkHttpChannelBuilder.forAddress(address.host(), address.port(), trust)
                        .maxInboundMessageSize(ANSWER_BYTES_MAX)
                        .userAgent("terraform-provider-drover")
                        .build();
        CallOptions options =
                token.isEmpty()
                        ? CallOptions.DEFAULT
                        : CallOptions.DEFAULT.withCallCredentials(bearer(token));
        return new GatewayConnection(address.text(), channel, options);
    }

    String address() {
        return address;
    }

    /** Calls that are running go on; without any, the connection is closed when this returns. */
    void close() {
        channel.shutdown();
        try {
            channel.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @throws RefusedException with what the gateway said; or with nothing, where it did not answer
     *     for so long that it is not waited for any more
     */
    Message call(MethodDescriptor method, Message request, Cancellation cancellation) {
        long start = System.nanoTime();
        Duration pause = PAUSE_FIRST;
        while (true) {
            try {
                Message answer = once(method, request);
                patience = PATIENCE_LATER;
                return answer;
            } catch (StatusRuntimeException failure) {
                RefusedException refused = RefusedException.of(failure);
                if (!refused.isPassing() || cancellation.isRequested()) {
                    throw refused;
                }
                if (System.nanoTime() - start >= patience.toNanos()) {
                    // One call has waited for all: the others end with their next attempt.
                    patience = Duration.ZERO;
                    throw refused;
                }
                LockSupport.parkNanos(pause.toNanos());
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
                channel.resetConnectBackoff();
            }
        }
    }

    private Message once(MethodDescriptor method, Message request) {
        var grpc =
                io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                io.grpc.MethodDescriptor.generateFullMethodName(
                                        method.getService().getFullName(), method.getName()))
                        .setRequestMarshaller(
                                ProtoUtils.marshaller(
                                        DynamicMessage.getDefaultInstance(method.getInputType())))
                        .setResponseMarshaller(
                                ProtoUtils.marshaller(
                                        DynamicMessage.getDefaultInstance(method.getOutputType())))
                        .build();
        return ClientCalls.blockingUnaryCall(
                channel,
                grpc,
                options.withDeadlineAfter(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS),
                request);
    }

    private static ChannelCredentials trust(Optional<File> authorities) throws IOException {
        return authorities.isEmpty()
                ? TlsChannelCredentials.create()
                : TlsChannelCredentials.newBuilder().trustManager(authorities.get()).build();
    }

    private static CallCredentials bearer(String token) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(
                    RequestInfo info, Executor executor, MetadataApplier applier) {
                Metadata headers = new Metadata();
                headers.put(AUTHORIZATION, "Bearer " + token);
                applier.apply(headers);
            }
        };
    }
}
