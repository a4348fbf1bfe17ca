package dev.drover.policy.window;

import java.time.Instant;

/** A stretch of time; the start belongs to it, the end does not. */
public record Interval(Instant start, Instant end) {

    public Interval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(start + " is not before " + end);
        }
    }

    /** Whether the moment lies in it. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    boolean touches(Instant from, Instant to) {
        return start.isBefore(to) && end.isAfter(from);
    }
}
