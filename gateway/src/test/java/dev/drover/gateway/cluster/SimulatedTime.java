package dev.drover.gateway.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test advances it, and the things that are due on it. What is
 * due runs on the thread that advances, in the order of time, then of scheduling.
 */
public final class SimulatedTime implements InstantSource {

    private record Due(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now;
    private long scheduled;

    public SimulatedTime(Instant start) {
        this.now = start;
    }

    /** A clock that starts at noon of an ordinary day. */
    public SimulatedTime() {
        this(Instant.parse("2026-03-02T12:00:00Z"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Runs the action when this much time has passed. */
    public synchronized void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), scheduled++, action));
    }

    /** Lets time pass; everything that becomes due on the way runs at its own time. */
    public void advance(Duration duration) {
        Instant end = instant().plus(duration);
        for (Due next = takeUntil(end); next != null; next = takeUntil(end)) {
            next.action().run();
        }
    }

    /**
     * The next due action with the clock set to its time, or null with the clock set to the end.
     */
    private synchronized @Nullable Due takeUntil(Instant end) {
        Due next = due.peek();
        if (next == null || next.at().isAfter(end)) {
            now = end;
            return null;
        }
        due.remove();
        now = next.at();
        return next;
    }
}
