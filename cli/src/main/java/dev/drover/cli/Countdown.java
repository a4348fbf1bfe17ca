package dev.drover.cli;

import dev.drover.v1.Promotion;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the last line of the terminal while a promotion is followed; elsewhere, as in the log
 * of a build, it writes nothing of its own.
 */
final class Countdown {
    private final boolean watched;
    private final LiveText text;
    private final LiveLine line;
    private @Nullable Promotion promotion;
    private @Nullable ScheduledExecutorService ticks;

    Countdown(Output output, LiveText text) {
        this.watched = output.watched();
        this.text = text;
        this.line = new LiveLine(output.progress());
    }

    /** Counts from now on, second by second. */
    synchronized void start() {
        if (watched) {
            ticks =
                    Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().daemon().name("countdown").factory());
            var _ = ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Lets lines that stay be written above, about the promotion as it is now. */
    synchronized void told(Promotion now, Runnable lines) {
        line.clear();
        lines.run();
        promotion = now;
        tick();
    }

    /** What was told last may not be true any more. */
    synchronized void forget() {
        line.clear();
        promotion = null;
    }

    private synchronized void tick() {
        if (ticks != null && promotion != null) {
            String now = text.of(promotion);
            if (now.isEmpty()) {
                line.clear();
            } else {
                line.show(now);
            }
        }
    }

    /** Counts no more. */
    synchronized void close() {
        if (ticks != null) {
            ticks.shutdownNow();
            ticks = null;
        }
        line.clear();
    }
}
