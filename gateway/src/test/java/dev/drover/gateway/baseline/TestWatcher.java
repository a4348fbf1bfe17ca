package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A watcher on a thread of its own; hands out what it gets, one by one. */
final class TestWatcher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final Thread thread;

    TestWatcher(TestBaseline baseline, Message request) {
        thread = Thread.ofVirtual().start(() -> watch(baseline, request));
    }

    private void watch(TestBaseline baseline, Message request) {
        try {
            baseline.stream(request, received::add);
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        } catch (GatewayException left) {
            // What the store says to a caller who leaves while it reads.
            if (left.reason() != Reason.CALL_CANCELLED) {
                throw left;
            }
        }
    }

    /** The next message; fails where none comes. */
    Message next() {
        try {
            Message next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + PATIENCE);
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
