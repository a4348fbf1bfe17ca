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
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.File;
import java.io.IOException;
import java.net.URI;
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
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String address;
    private final ManagedChannel channel;
    private final CallOptions options;
    private volatile boolean answeredBefore;

    private GatewayConnection(String address, ManagedChannel channel, CallOptions options) {
        this.address = address;
        this.channel = channel;
        this.options = options;
    }

    /**
     * A connection; nothing is sent before the first call.
     *
     * @param address {@code http://HOST:PORT} or {@code https://HOST:PORT}
     * @param caFile PEM file of certificate authorities; empty: those of the system
     * @throws Texts.BadText where the address or the file cannot be used
     */
    static GatewayConnection open(String address, String token, Optional<String> caFile)
            throws Texts.BadText {
        URI uri = parse(address);
        boolean tls = uri.getScheme().equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        ManagedChannel channel =
                OkHttpChannelBuilder.forAddress(
                                uri.getHost(),
                                port,
                                tls ? trust(caFile) : InsecureChannelCredentials.create())
                        .maxInboundMessageSize(64 << 20)
                        .userAgent("terraform-provider-drover")
                        .build();
        CallOptions options =
                token.isEmpty()
                        ? CallOptions.DEFAULT
                        : CallOptions.DEFAULT.withCallCredentials(bearer(token));
        return new GatewayConnection(address, channel, options);
    }

    String address() {
        return address;
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @throws StatusRuntimeException what the gateway refused with; UNAVAILABLE where it did not
     *     answer in time
     */
    Message call(MethodDescriptor method, Message request, Cancellation cancellation) {
        long start = System.nanoTime();
        Duration pause = Duration.ofMillis(100);
        while (true) {
            try {
                Message answer = once(method, request);
                answeredBefore = true;
                return answer;
            } catch (StatusRuntimeException refused) {
                Duration patience = answeredBefore ? PATIENCE_LATER : PATIENCE_AT_FIRST;
                boolean late = System.nanoTime() - start > patience.toNanos();
                if (refused.getStatus().getCode() != Status.Code.UNAVAILABLE
                        || isTold(refused)
                        || late
                        || cancellation.isRequested()) {
                    throw refused;
                }
                LockSupport.parkNanos(pause.toNanos());
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
                channel.resetConnectBackoff();
            }
        }
    }

    // The gateway itself says UNAVAILABLE, with details, for example of a Nomad cluster.
    private static boolean isTold(StatusRuntimeException refused) {
        return refused.getTrailers() != null
                && refused.getTrailers().containsKey(GatewayErrors.DETAILS);
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

    private static URI parse(String address) throws Texts.BadText {
        try {
            URI uri = URI.create(address);
            boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notEvenThat) {
            throw new Texts.BadText(
                    "\""
                            + address
                            + "\" is no address of a gateway ("
                            + notEvenThat.getMessage()
                            + ")");
        }
        throw new Texts.BadText(
                "\""
                        + address
                        + "\" is no address of a gateway; write http://HOST:PORT or https://HOST:PORT");
    }

    private static ChannelCredentials trust(Optional<String> caFile) throws Texts.BadText {
        if (caFile.isEmpty()) {
            return TlsChannelCredentials.create();
        }
        try {
            return TlsChannelCredentials.newBuilder().trustManager(new File(caFile.get())).build();
        } catch (IOException | IllegalArgumentException e) {
            throw new Texts.BadText(
                    "the CA file " + caFile.get() + " cannot be used: " + e.getMessage());
        }
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
