package dev.drover.gateway.api.dispatch;

import dev.drover.gateway.error.Reason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a running call to stop, and why: the caller left, its deadline passed, or it reads too
 * slowly. The first reason counts.
 */
public final class StopSignal {
    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private volatile Runnable interrupt = () -> {};

    /** What to do from now on when the signal is given; at once where it was given before. */
    public void interrupts(Runnable thread) {
        interrupt = thread;
        if (reason.get() != null) {
            thread.run();
        }
    }

    /** Gives the signal. */
    public void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            interrupt.run();
        }
    }

    /** Why it was told to stop; empty: it was not. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }
}
