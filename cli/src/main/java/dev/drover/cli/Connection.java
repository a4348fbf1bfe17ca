package dev.drover.cli;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A connection to the gateway. */
final class Connection implements AutoCloseable {
    /** Long enough for a plan on a slow cluster; a call that takes longer is told as such. */
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);

    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
    private static final Metadata.Key<String> REQUEST_ID = header("x-request-id");

    // What the transport logs of a failure, with a stack trace, the command tells in a sentence.
    private static final Logger TRANSPORT = Logger.getLogger("io.grpc");

    static {
        TRANSPORT.setLevel(Level.OFF);
    }

    private final ManagedChannel channel;
    private final String address;

    private Connection(ManagedChannel channel, String address) {
        this.channel = channel;
        this.address = address;
    }

    static Connection open(
            String address, String token, @Nullable Path caCertificate, String requestId) {
        URI uri = parse(address);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        OkHttpChannelBuilder builder =
                tls
                        ? OkHttpChannelBuilder.forAddress(
                                uri.getHost(), port, Trust.of(caCertificate))
                        : OkHttpChannelBuilder.forAddress(uri.getHost(), port).usePlaintext();
        ManagedChannel channel =
                builder.maxInboundMessageSize(ANSWER_BYTES_MAX)
                        // A stream that is followed notices a machine that went away without a
                        // word.
                        .keepAliveTime(PING_EVERY.toSeconds(), TimeUnit.SECONDS)
                        .userAgent("drover-cli/" + Version.current())
                        .intercept(headers(token, requestId))
                        .build();
        return new Connection(channel, address);
    }

    /** A stub for one call with a deadline. */
    <S extends AbstractStub<S>> S calling(Function<ManagedChannel, S> stub) {
        return streaming(stub).withDeadlineAfter(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A stub for a stream, which may last for ever. */
    <S extends AbstractStub<S>> S streaming(Function<ManagedChannel, S> stub) {
        return stub.apply(channel);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static URI parse(String address) {
        URI uri;
        try {
            uri = URI.create(address.contains("://") ? address : "http://" + address);
        } catch (IllegalArgumentException e) {
            throw new CliException(
                    "the address " + address + " is not a URL; give one like http://127.0.0.1:4680",
                    e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new CliException(
                    "the address "
                            + address
                            + " is not one of a gateway; give http://HOST:PORT or"
                            + " https://HOST:PORT (DROVER_ADDR or --address)");
        }
        return uri;
    }

    private static ClientInterceptor headers(String token, String requestId) {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, requestId);
        if (!token.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static Metadata.Key<String> header(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
