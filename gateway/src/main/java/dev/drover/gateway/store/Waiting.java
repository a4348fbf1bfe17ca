package dev.drover.gateway.store;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How callers wait for the store's threads. */
final class Waiting {
    private Waiting() {}

    /** Something that waits and cannot be left half done. */
    interface Wait {
        void run() throws InterruptedException;
    }

    /** Waits through interrupts; the thread is interrupted afterwards. */
    static void forever(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What came of it, or what it threw. */
    static <T> T outcome(Future<T> future, long nanos)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the store failed: " + e.getCause(), e.getCause());
        }
    }

    /** For a caller that was interrupted: nothing happened. */
    static GatewayException cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GatewayException(
                Reason.CALL_CANCELLED,
                "the call was cancelled while it waited for the store; nothing was changed",
                ErrorDetails.NONE,
                e);
    }
}
