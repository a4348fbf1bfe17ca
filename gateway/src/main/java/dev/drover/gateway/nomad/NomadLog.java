package dev.drover.gateway.nomad;

import com.google.protobuf.ByteString;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.error.GatewayException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.JsonEvent;
import io.vertx.core.parsetools.JsonParser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log on its way from Nomad: JSON objects one after the other, each with a piece of the log, and
 * an empty one every second while there is none. The event loop fills a buffer and stops reading
 * where it is full; the reader empties it.
 */
final class NomadLog implements TaskLog {

    private static final int OK = 200;
    private static final int BUFFER_BYTES = 256 << 10;

    /** Nomad lets itself be heard every second while it has nothing. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final String cluster;
    private final String what;
    private final Runnable closed;
    private final Context context;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Part> parts = new ArrayDeque<>();
    private int buffered;
    private boolean ended;
    private boolean paused;
    private @Nullable GatewayException failure;
    private long lastHeard = System.nanoTime();

    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable HttpClientResponse response;

    /** A log that is not asked for yet; tells once when it is closed. */
    NomadLog(Vertx vertx, String cluster, String what, Runnable closed) {
        this.cluster = cluster;
        this.what = what;
        this.closed = closed;
        this.context = vertx.getOrCreateContext();
    }

    /** Asks for it; a good reply has no body: the log is what follows. */
    Future<Reply> start(HttpClient client, RequestOptions options) {
        Promise<Reply> head = Promise.promise();
        context.runOnContext(now ->
                client.request(options)
                        .compose(made -> {
                            request = made;
                            made.exceptionHandler(broken -> {});
                            return open.get() ? made.send() : Future.failedFuture("given up");
                        })
                        .compose(this::receive)
                        .onComplete(head));
        return head.future();
    }

    private Future<Reply> receive(HttpClientResponse answer) {
        if (answer.statusCode() != OK) {
            return answer.body().map(body -> new Reply(answer.statusCode(), body.toString()));
        }
        response = answer;
        JsonParser frames = JsonParser.newParser().objectValueMode().handler(this::frame);
        answer.handler(bytes -> heard(frames, bytes))
                .exceptionHandler(broken -> fail(unreachable("the connection broke")))
                .endHandler(end -> end());
        return Future.succeededFuture(new Reply(OK, ""));
    }

    private void heard(JsonParser frames, Buffer bytes) {
        try {
            frames.handle(bytes);
        } catch (RuntimeException notFrames) {
            // Nomad appends the text of an error to what it has sent already.
            String text = bytes.toString();
            String words = text.substring(text.lastIndexOf('}') + 1);
            fail(NomadErrors.refusal(cluster, what, new Reply(500, words)));
            reset();
        }
    }

    private void frame(JsonEvent event) {
        JsonObject frame = event.objectValue();
        String data = frame.getString("Data", "");
        lock.lock();
        try {
            lastHeard = System.nanoTime();
            if (data.isEmpty()) {
                return;
            }
            ByteString bytes = ByteString.copyFrom(Base64.getDecoder().decode(data));
            // The offset is that of the end of these bytes in one of several files.
            boolean first =
                    frame.getString("File", "").endsWith(".0")
                            && frame.getLong("Offset", 0L) == bytes.size();
            parts.add(new Part(bytes, first, false));
            buffered += bytes.size();
            HttpClientResponse answer = response;
            if (buffered > BUFFER_BYTES && !paused && answer != null) {
                paused = true;
                answer.pause();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(GatewayException why) {
        lock.lock();
        try {
            if (failure == null && !ended) {
                failure = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Part next(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (parts.isEmpty() && !ended && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private Part taken() {
        Part part = parts.poll();
        if (part != null) {
            buffered -= part.bytes().size();
            resume();
            return part;
        }
        GatewayException why = failure;
        if (why != null) {
            throw why;
        }
        if (ended) {
            return Part.END;
        }
        if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
            throw unreachable("nothing was heard for " + SILENCE.toSeconds() + " s");
        }
        return Part.NOTHING;
    }

    private void resume() {
        HttpClientResponse answer = response;
        if (paused && buffered <= BUFFER_BYTES / 2 && answer != null) {
            paused = false;
            // What was sent while nobody read says nothing about Nomad's silence.
            lastHeard = System.nanoTime();
            context.runOnContext(now -> answer.resume());
        }
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            closed.run();
            reset();
        }
    }

    /** Gives it up without telling. */
    void abandon() {
        if (open.compareAndSet(true, false)) {
            reset();
        }
    }

    private void reset() {
        context.runOnContext(now -> {
            HttpClientRequest sent = request;
            if (sent != null) {
                sent.reset();
            }
        });
    }

    private GatewayException unreachable(String problem) {
        return NomadErrors.unreachable(cluster, what, problem, false);
    }
}
