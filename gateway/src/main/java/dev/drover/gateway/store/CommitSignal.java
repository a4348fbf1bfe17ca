package dev.drover.gateway.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes up those who wait for commits, on a thread of its own, so that none of them can slow down
 * the writer. Commits that come while it is busy make one call.
 */
final class CommitSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitSignal.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore commits = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** One registration; the same callback may be registered twice. */
    private static final class Listener {
        private final Runnable wake;

        Listener(Runnable wake) {
            this.wake = wake;
        }
    }

    CommitSignal() {
        thread = Thread.ofPlatform().name("drover-store-signal").start(this::run);
    }

    AutoCloseable add(Runnable wake) {
        Listener listener = new Listener(wake);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void raise() {
        commits.release();
    }

    private void run() {
        while (!closed) {
            commits.acquireUninterruptibly();
            commits.drainPermits();
            for (Listener listener : listeners) {
                call(listener);
            }
        }
    }

    private static void call(Listener listener) {
        try {
            listener.wake.run();
        } catch (RuntimeException e) {
            LOG.error("a listener for commits failed; it will be called again", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        raise();
        Waiting.forever(thread::join);
    }
}
