package dev.drover.gateway.nomad;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.LogRequest;
import dev.drover.gateway.cluster.SecretReference;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs whose frames, connections and servers do what a real Nomad does too seldom. */
class NomadLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Vertx vertx;
    private ScriptedServer server;
    private ClusterSettings settings;
    private ConfiguredClusters clusters;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        server = ScriptedServer.start(vertx);
        settings = settings(server.address());
        clusters =
                new ConfiguredClusters(
                        vertx,
                        name -> settings,
                        name -> null,
                        InstantSource.system(),
                        new Random(1),
                        NomadListener.SILENT);
    }

    @AfterEach
    void stop() {
        clusters.close();
        vertx.close().await();
    }

    @Test
    void framesAreFoundWhereverTheBytesAreCut() throws Exception {
        String body = frame("one\n", 4) + "{}" + frame("two {\"}\n", 12);
        server.does(request -> {
            HttpServerResponse response = request.response().setChunked(true);
            for (int i = 0; i < body.length(); i++) {
                response.write(body.substring(i, i + 1));
            }
            response.end();
        });

        try (TaskLog log = open()) {
            assertThat(rest(log)).isEqualTo("one\ntwo {\"}\n");
        }
        assertThat(server.requests().getFirst().uri())
                .startsWith("/v1/client/fs/logs/a1?namespace=prod")
                .endsWith("&task=t&type=stderr&follow=true&origin=end&offset=7");
    }

    @Test
    void errorThatNomadAppendsEndsTheLogWithItsWords() throws Exception {
        server.answers(200, frame("one\n", 4) + "failed to list entries: no such directory");

        try (TaskLog log = open()) {
            assertThat(log.next(PATIENCE).bytes().toStringUtf8()).isEqualTo("one\n");
            GatewayException refusal = refused(Reason.NOMAD_REJECTED, () -> log.next(PATIENCE));
            assertThat(refusal.text()).contains("failed to list entries: no such directory");
        }
    }

    @Test
    void brokenConnectionIsToldAfterWhatCameBefore() throws Exception {
        server.does(request ->
                request.response()
                        .setChunked(true)
                        .write(frame("one\n", 4))
                        .onSuccess(written -> request.connection().close()));

        try (TaskLog log = open()) {
            assertThat(log.next(PATIENCE).bytes().toStringUtf8()).isEqualTo("one\n");
            GatewayException broken = refused(Reason.NOMAD_UNREACHABLE, () -> log.next(PATIENCE));
            assertThat(broken.text()).contains("log of task \"t\" of allocation a1");
        }
    }

    @Test
    void readerThatDoesNotReadMakesNomadWait() throws Exception {
        String frame = frame("x".repeat(64 << 10), 1);
        int frames = 1000;
        AtomicInteger left = new AtomicInteger(frames);
        server.does(request -> send(request.response().setChunked(true), frame, left));

        try (TaskLog log = open()) {
            AtomicInteger before = new AtomicInteger(frames);
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> before.getAndSet(left.get()) == left.get());
            assertThat(left).as("frames that were not even sent").hasPositiveValue();
            long read = 0;
            for (TaskLog.Part part = log.next(PATIENCE); !part.ended(); part = log.next(PATIENCE)) {
                read += part.bytes().size();
            }
            assertThat(read).isEqualTo((long) frames * (64 << 10));
        }
    }

    /** Sends as a server does: no more while the client does not read. */
    private static void send(HttpServerResponse response, String frame, AtomicInteger left) {
        while (left.get() > 0 && !response.writeQueueFull()) {
            left.decrementAndGet();
            response.write(frame);
        }
        if (left.get() == 0) {
            response.end();
        } else {
            response.drainHandler(drained -> send(response, frame, left));
        }
    }

    @Test
    void logIsAskedOfTheNextServerWhereOneIsDown() throws Exception {
        URI down = URI.create("http://127.0.0.1:" + FreePorts.find(1).getFirst());
        settings = settings(down, server.address());
        server.answers(200, frame("one\n", 4));

        try (TaskLog log = open()) {
            assertThat(rest(log)).isEqualTo("one\n");
        }
    }

    @Test
    void closingEndsTheConnectionAndLetsAnotherReaderIn() {
        List<TaskLog> open = new ArrayList<>();
        AtomicBoolean closed = new AtomicBoolean();
        for (int i = 0; i < Logs.OPEN_MAX; i++) {
            server.does(request -> {
                request.connection().closeHandler(gone -> closed.set(true));
                request.response().setChunked(true).write("{}");
            });
            open.add(open());
        }

        GatewayException refusal = refused(Reason.LIMIT_EXCEEDED, this::open);
        assertThat(refusal.text()).contains("20 logs of clusters/eu");
        open.removeLast().close();
        await().untilTrue(closed);
        server.answers(404, "Unknown allocation \"a1\"");
        refused(Reason.NOMAD_NOT_FOUND, this::open);
        server.answers(200, "");
        open.add(open());
        open.forEach(TaskLog::close);
    }

    private TaskLog open() {
        return clusters.cluster("clusters/eu")
                .log(
                        "prod",
                        new LogRequest(
                                "a1",
                                "t",
                                LogRequest.Output.STDERR,
                                true,
                                new LogRequest.Start(true, 7)));
    }

    private static String rest(TaskLog log) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        for (TaskLog.Part part = log.next(PATIENCE); !part.ended(); part = log.next(PATIENCE)) {
            all.append(part.bytes().toStringUtf8());
        }
        return all.toString();
    }

    private static String frame(String text, long offset) {
        return "{\"Data\":\"%s\",\"File\":\"alloc/logs/t.stderr.0\",\"Offset\":%d}"
                .formatted(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)), offset);
    }

    private static ClusterSettings settings(URI... servers) {
        return new ClusterSettings(
                "clusters/eu",
                List.of(servers),
                "",
                SecretReference.NONE,
                ClusterTls.SYSTEM,
                ClusterLimits.DEFAULT);
    }

    private static GatewayException refused(Reason reason, ThrowingCallable call) {
        GatewayException refusal =
                Objects.requireNonNull(
                        catchThrowableOfType(GatewayException.class, call), "not refused");
        assertThat(refusal.reason()).as(refusal.text()).isEqualTo(reason);
        return refusal;
    }
}
