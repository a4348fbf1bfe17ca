package dev.drover.cli;

import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to the gateway. */
final class Connection implements AutoCloseable {
    /** Long enough for a plan on a slow cluster; a call that takes longer is told as such. */
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final String address;
    private final @Nullable CallCredentials credentials;

    private Connection(
            ManagedChannel channel, String address, @Nullable CallCredentials credentials) {
        this.channel = channel;
        this.address = address;
        this.credentials = credentials;
    }

    static Connection open(String address, @Nullable String token, @Nullable Path caCertificate) {
        URI uri = parse(address);
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        OkHttpChannelBuilder builder =
                tls
                        ? OkHttpChannelBuilder.forAddress(uri.getHost(), port, trust(caCertificate))
                        : OkHttpChannelBuilder.forAddress(uri.getHost(), port).usePlaintext();
        ManagedChannel channel =
                builder.maxInboundMessageSize(64 << 20)
                        .userAgent("drover-cli/" + Version.current())
                        .build();
        return new Connection(
                channel, address, token == null || token.isBlank() ? null : bearer(token.strip()));
    }

    /** A stub for one call with a deadline. */
    <S extends AbstractStub<S>> S calling(java.util.function.Function<ManagedChannel, S> stub) {
        return streaming(stub).withDeadlineAfter(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A stub for a stream, which may last for ever. */
    <S extends AbstractStub<S>> S streaming(java.util.function.Function<ManagedChannel, S> stub) {
        S plain = stub.apply(channel);
        return credentials == null ? plain : plain.withCallCredentials(credentials);
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

    private static io.grpc.ChannelCredentials trust(@Nullable Path caCertificate) {
        if (caCertificate == null || caCertificate.toString().isEmpty()) {
            return TlsChannelCredentials.create();
        }
        try {
            return TlsChannelCredentials.newBuilder().trustManager(caCertificate.toFile()).build();
        } catch (IOException e) {
            throw new CliException(
                    "the CA file " + caCertificate + " cannot be read: " + e.getMessage(), e);
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
