package dev.drover.provider.plugin;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the process comes to its end; the first reason counts. */
final class Ending {
    /** Who ended it. */
    enum Reason {
        /** The client has asked. */
        SHUTDOWN,
        /** The client is gone, killed perhaps. */
        ORPHANED,
        /** No client came. */
        ABANDONED
    }

    private final CountDownLatch connected = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Reason reason;

    /** A client is there. */
    void connected() {
        connected.countDown();
    }

    synchronized void because(Reason why) {
        if (reason == null) {
            reason = why;
            connected.countDown();
            ended.countDown();
        }
    }

    Reason await(long connectSecondsMax) throws InterruptedException {
        if (!connected.await(connectSecondsMax, TimeUnit.SECONDS)) {
            because(Reason.ABANDONED);
        }
        ended.await();
        synchronized (this) {
            return java.util.Objects.requireNonNull(reason);
        }
    }
}
