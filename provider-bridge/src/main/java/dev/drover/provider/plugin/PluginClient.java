package dev.drover.provider.plugin;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other side of the handshake: starts a provider as Terraform does, and calls it. The build
 * rehearses with it, and the benchmarks measure with it.
 */
public final class PluginClient implements AutoCloseable {
    /** The curve of Terraform's keys. */
    private static final String CURVE = "secp521r1";

    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);
    private static final byte[] EMPTY = new byte[0];

    private final Process process;
    private final Certificate own;
    private final String[] fields;
    private @Nullable ManagedChannel channel;

    private PluginClient(Process process, Certificate own, String line) {
        this.process = process;
        this.own = own;
        this.fields = line.split("\\|", -1);
    }

    /** What is started, and the key that proves to it who started it. */
    public static final class Launch {
        private final ProcessBuilder builder;
        private final Certificate own;

        private Launch(ProcessBuilder builder, Certificate own) {
            this.builder = builder;
            this.own = own;
        }

        /** Throws away what the provider logs. */
        public Launch quiet() {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            return this;
        }

        /**
         * Starts the provider and waits for its handshake line.
         *
         * @throws IOException where the first line is not that of a handshake
         */
        public PluginClient start() throws IOException {
            Process process = builder.start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null || line.chars().filter(letter -> letter == '|').count() < 5) {
                process.destroyForcibly();
                throw new IOException("no handshake line, but: \"" + line + "\"");
            }
            return new PluginClient(process, own, line);
        }
    }

    /**
     * Prepares a start.
     *
     * @param environment beside what Terraform itself sets
     */
    public static Launch prepare(List<String> command, Map<String, String> environment)
            throws GeneralSecurityException {
        Certificate own = Certificate.create(InstantSource.system().instant(), CURVE);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().put(Handshake.COOKIE_KEY, Handshake.COOKIE);
        builder.environment().put("PLUGIN_PROTOCOL_VERSIONS", "5,6");
        builder.environment().put("PLUGIN_CLIENT_CERT", pem("CERTIFICATE", own.der()));
        return new Launch(builder, own);
    }

    /** Connects, and opens the stream of standard output as Terraform does. */
    public PluginClient connect() throws IOException {
        String place = fields[3];
        int port =
                fields[2].equals("unix")
                        ? UnixRelay.open(place)
                        : Integer.parseInt(place.substring(place.indexOf(':') + 1));
        byte[] server = Base64.getDecoder().decode(fields[5]);
        channel =
                OkHttpChannelBuilder.forAddress(
                                "127.0.0.1",
                                port,
                                TlsChannelCredentials.newBuilder()
                                        .keyManager(
                                                stream(pem("CERTIFICATE", own.der())),
                                                stream(pem("PRIVATE KEY", own.key().getEncoded())))
                                        .trustManager(stream(pem("CERTIFICATE", server)))
                                        .build())
                        .overrideAuthority("localhost")
                        .build();
        ClientCalls.asyncServerStreamingCall(
                channel()
                        .newCall(
                                RawMethods.serverStreaming("plugin.GRPCStdio", "StreamStdio"),
                                CallOptions.DEFAULT),
                EMPTY,
                new StreamObserver<byte[]>() {
                    @Override
                    public void onNext(byte[] data) {}

                    @Override
                    public void onError(Throwable end) {}

                    @Override
                    public void onCompleted() {}
                });
        return this;
    }

    private ManagedChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    /** The version of the protocol that the provider has chosen: 5 or 6. */
    public int protocol() {
        return Integer.parseInt(fields[1]);
    }

    /** The process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Calls a method, for example {@code tfplugin6.Provider} and {@code GetProviderSchema}. */
    public byte[] call(String service, String method, byte[] request) {
        return ClientCalls.blockingUnaryCall(
                channel(),
                RawMethods.unary(service, method),
                CallOptions.DEFAULT.withDeadlineAfter(CALL_DEADLINE.toSeconds(), TimeUnit.SECONDS),
                request);
    }

    /**
     * Asks the process to end, and waits for it.
     *
     * @return its exit status
     * @throws IOException where it is still there after this time; it is killed then
     */
    public int shutDown(Duration patience) throws IOException, InterruptedException {
        try {
            call("plugin.GRPCController", "Shutdown", EMPTY);
        } catch (StatusRuntimeException endedAtOnce) {
            // Providers in Go close the connection before they have answered.
            if (endedAtOnce.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw endedAtOnce;
            }
        }
        channel().shutdownNow();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("the provider did not end within " + patience.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Kills the process where it is still there. */
    @Override
    public void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
        process.destroyForcibly();
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN "
                + what
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + what
                + "-----\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
