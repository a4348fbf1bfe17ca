package dev.drover.provider.plugin;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
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
    private final ManagedChannel channel;

    private PluginClient(Process process, ManagedChannel channel) {
        this.process = process;
        this.channel = channel;
    }

    /**
     * Starts a provider and waits for its handshake line.
     *
     * @param environment beside what Terraform itself sets
     * @throws IOException where the first line is not that of a handshake
     */
    public static PluginClient start(List<String> command, Map<String, String> environment)
            throws IOException, GeneralSecurityException {
        Certificate own = Certificate.create(InstantSource.system().instant(), CURVE);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().put(Handshake.COOKIE_KEY, Handshake.COOKIE);
        builder.environment().put("PLUGIN_PROTOCOL_VERSIONS", Handshake.PROTOCOL);
        builder.environment().put("PLUGIN_CLIENT_CERT", pem("CERTIFICATE", own.der()));
        Process process = builder.start();
        try {
            PluginClient client = new PluginClient(process, connect(own, firstLine(process)));
            client.openStandardOutput();
            return client;
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String firstLine(Process process) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        return line == null ? "" : line;
    }

    private static ManagedChannel connect(Certificate own, String line) throws IOException {
        String[] fields = line.split("\\|", -1);
        if (fields.length < 6 || !fields[3].startsWith("127.0.0.1:")) {
            throw new IOException("no handshake line, but: \"" + line + "\"");
        }
        int port = Integer.parseInt(fields[3].substring(fields[3].indexOf(':') + 1));
        byte[] server = Base64.getDecoder().decode(fields[5]);
        return OkHttpChannelBuilder.forAddress(
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
    }

    /** As Terraform does, and leaves open until the end. */
    private void openStandardOutput() {
        ClientCalls.asyncServerStreamingCall(
                channel.newCall(
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
    }

    /** Calls a method, for example {@code tfplugin6.Provider} and {@code GetProviderSchema}. */
    public byte[] call(String service, String method, byte[] request) {
        return ClientCalls.blockingUnaryCall(
                channel,
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
        call("plugin.GRPCController", "Shutdown", EMPTY);
        channel.shutdownNow();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("the provider did not end within " + patience.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Kills the process where it is still there. */
    @Override
    public void close() {
        channel.shutdownNow();
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
