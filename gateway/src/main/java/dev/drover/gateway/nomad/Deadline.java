package dev.drover.gateway.nomad;

import java.time.Duration;

/**
 * A point on the monotonic clock: a request's time must not jump with the wall clock.
 *
 * @param nanoTime by {@link System#nanoTime}
 */
record Deadline(long nanoTime) {

    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** 0 when it has passed. */
    long nanosLeft() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}
