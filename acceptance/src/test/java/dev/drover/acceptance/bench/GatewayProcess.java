package dev.drover.acceptance.bench;

import dev.drover.v1.ListProjectsRequest;
import dev.drover.v1.ProjectServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The packaged gateway in development mode. */
final class GatewayProcess implements AutoCloseable {
    static final String TOKEN = "benchmark";

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final ManagedChannel channel;
    private final double startMillis;

    private GatewayProcess(Process process, int port, double startMillis, ManagedChannel channel) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
        this.channel = channel;
    }

    /** Starts it and waits until it has answered one call. */
    static GatewayProcess start(Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(
                                Programs.drover().toString(),
                                "gateway",
                                "-dev",
                                "-port",
                                Integer.toString(port),
                                "-data-dir",
                                directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolveSibling("gateway.log").toFile());
        builder.environment().put("DROVER_ROOT_TOKEN", TOKEN);
        builder.environment().putAll(environment);
        ManagedChannel channel =
                OkHttpChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        long begin = System.nanoTime();
        Process process = builder.start();
        untilListening(process, port, begin);
        stub(channel, ProjectServiceGrpc::newBlockingStub)
                .listProjects(ListProjectsRequest.getDefaultInstance());
        return new GatewayProcess(process, port, Spread.millisSince(begin), channel);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void untilListening(Process process, int port, long begin) throws IOException {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Spread.millisSince(begin) > START_MAX.toMillis()) {
                    process.destroyForcibly();
                    throw new IOException("the gateway does not start; see gateway.log", notYet);
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    /** From the process's start to the answer of its first call. */
    double startMillis() {
        return startMillis;
    }

    long pid() {
        return process.pid();
    }

    /** {@code HOST:PORT}. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** A stub that sends the root token. */
    <S extends AbstractStub<S>> S stub(Function<Channel, S> made) {
        return stub(channel, made);
    }

    private static <S extends AbstractStub<S>> S stub(
            ManagedChannel channel, Function<Channel, S> made) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + TOKEN);
        return made.apply(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** Calls the JSON API as it is meant to be called. */
    void post(String path, String json) throws IOException, InterruptedException {
        call(
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    void patch(String path, String json) throws IOException, InterruptedException {
        call(
                request(path)
                        .header("content-type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json)));
    }

    /** The value of a metric, or the sum of its values where it has labels. */
    double metric(String name) throws IOException, InterruptedException {
        return call(request("/metrics").GET())
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Ends it as the kernel would: at once. */
    void kill() throws InterruptedException {
        // The program is a script that becomes the gateway's own process.
        process.destroyForcibly().waitFor();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .header("authorization", "Bearer " + TOKEN);
    }

    private String call(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
        channel.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException cancelled) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
