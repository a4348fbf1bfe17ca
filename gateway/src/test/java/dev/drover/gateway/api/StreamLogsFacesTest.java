package dev.drover.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.LogSource;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.StreamLogsResponse;
import dev.drover.v1.WorkloadProto;
import dev.drover.v1.WorkloadServiceGrpc;
import io.grpc.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Logs over HTTP, gRPC-Web and gRPC, and readers that do not read or leave. */
class StreamLogsFacesTest {
    private static final String PATH =
            "/v1/projects/shop/applications/web:logs?environment=projects/shop/environments/prod";
    private static final Duration SLOW = Duration.ofMillis(300);

    private static ServedApi serving(StreamMethod method) {
        Methods methods = new Methods();
        methods.addStream(
                WorkloadProto.getDescriptor()
                        .findServiceByName("WorkloadService")
                        .findMethodByName("StreamLogs"),
                method);
        return new ServedApi(methods, new ApiLimits(4 << 20, Duration.ofMinutes(2), SLOW));
    }

    private static StreamLogsResponse text(String text) {
        return StreamLogsResponse.newBuilder().setText(text).build();
    }

    /** What it was asked, and one line. */
    private static final StreamMethod SHORT =
            (call, request, sink) -> {
                StreamLogsRequest asked = (StreamLogsRequest) request;
                sink.send(
                        StreamLogsResponse.newBuilder()
                                .setSource(LogSource.newBuilder().setJob(asked.getJob()))
                                .build());
                sink.send(text(asked.getOutput() + " of " + asked.getEnvironment() + "\n"));
            };

    @Test
    void httpCallerGetsALineOfJsonForEachMessage() throws Exception {
        try (ServedApi api = serving(SHORT)) {
            HttpResponse<String> response =
                    api.send(api.request(PATH + "&job=web&output=STDERR", "admin-token"));

            assertThat(response.headers().firstValue("content-type").orElseThrow())
                    .startsWith("application/x-ndjson");
            assertThat(response.body().lines())
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("{\"source\":{\"job\":\"web\""),
                            second ->
                                    assertThat(second)
                                            .startsWith(
                                                    "{\"text\":\"STDERR of projects/shop/environments/prod\\n\""));
        }
    }

    @Test
    void readingIsNotEnough() throws Exception {
        try (ServedApi api = serving(SHORT)) {
            HttpResponse<String> response = api.send(api.request(PATH, "viewer-token"));

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("needs OPERATOR");
        }
    }

    @Test
    void grpcWebCallerGetsAFrameForEachMessage() throws Exception {
        byte[] asked = StreamLogsRequest.newBuilder().setJob("web").build().toByteArray();
        byte[] frame =
                ByteBuffer.allocate(5 + asked.length)
                        .put((byte) 0)
                        .putInt(asked.length)
                        .put(asked)
                        .array();
        try (ServedApi api = serving(SHORT);
                var client = HttpClient.newHttpClient()) {
            byte[] body =
                    client.send(
                                    api.request(
                                                    "/drover.v1.WorkloadService/StreamLogs",
                                                    "admin-token")
                                            .header("content-type", "application/grpc-web+proto")
                                            .POST(BodyPublishers.ofByteArray(frame))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .body();
            List<byte[]> frames = new ArrayList<>();
            for (ByteBuffer rest = ByteBuffer.wrap(body); rest.hasRemaining(); ) {
                rest.get();
                byte[] payload = new byte[rest.getInt()];
                rest.get(payload);
                frames.add(payload);
            }
            assertThat(StreamLogsResponse.parseFrom(frames.get(0)).getSource().getJob())
                    .isEqualTo("web");
            assertThat(StreamLogsResponse.parseFrom(frames.get(1)).getText()).endsWith("\n");
            assertThat(new String(frames.getLast(), StandardCharsets.UTF_8))
                    .contains("grpc-status:0");
        }
    }

    @Test
    void callerWhoDoesNotReadIsASlowConsumer() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        try (ServedApi api = serving(endless(ended));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port)) {
            ask(socket);

            assertThat(ended.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            failure ->
                                    assertThat(failure.reason()).isEqualTo(Reason.SLOW_CONSUMER));
        }
    }

    @Test
    void callerWhoLeavesEndsTheReading() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        try (ServedApi api =
                serving((call, request, sink) -> {
                    try {
                        sink.send(text("waiting\n"));
                        new CountDownLatch(1).await();
                    } catch (InterruptedException left) {
                        ended.complete(left);
                        throw left;
                    }
                })) {
            Context.CancellableContext caller = Context.current().withCancellation();
            caller.run(() ->
                    assertThat(
                                    WorkloadServiceGrpc.newBlockingStub(api.channel())
                                            .withInterceptors(ServedApi.bearer("admin-token"))
                                            .streamLogs(StreamLogsRequest.getDefaultInstance())
                                            .next()
                                            .getText())
                            .isEqualTo("waiting\n"));
            caller.cancel(new IllegalStateException("has seen enough"));

            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    private static StreamMethod endless(CompletableFuture<Throwable> ended) {
        StreamLogsResponse much = text("x".repeat(1 << 20));
        return (call, request, sink) -> {
            try {
                while (true) {
                    sink.send(much);
                }
            } catch (InterruptedException | RuntimeException end) {
                ended.complete(end);
                throw end;
            }
        };
    }

    private static void ask(Socket socket) throws IOException {
        String request =
                "GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer admin-token\r\n\r\n"
                        .formatted(PATH);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
