package dev.drover.policy.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When something may run, by one demand or by several together. */
public sealed interface OpenTimes {

    /** How far ahead is looked. */
    Duration HORIZON = Duration.ofDays(3653);

    /** When it is open in a period: sorted, cut to the period, without touching one another. */
    List<Interval> between(Instant from, Instant to);

    /** Open while at least one window is. */
    record Within(List<Schedule> windows) implements OpenTimes {
        public Within {
            windows = List.copyOf(windows);
        }

        @Override
        public List<Interval> between(Instant from, Instant to) {
            return Intervals.union(
                    windows.stream().flatMap(each -> each.touching(from, to).stream()).toList(),
                    from,
                    to);
        }
    }

    /** Open while no window is. */
    record Outside(List<Schedule> windows) implements OpenTimes {
        public Outside {
            windows = List.copyOf(windows);
        }

        @Override
        public List<Interval> between(Instant from, Instant to) {
            return Intervals.complement(new Within(windows).between(from, to), from, to);
        }
    }

    /** Open while all parts are; without parts, always. */
    record All(List<OpenTimes> parts) implements OpenTimes {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public List<Interval> between(Instant from, Instant to) {
            List<Interval> open = List.of(new Interval(from, to));
            for (OpenTimes part : parts) {
                open = Intervals.intersection(open, part.between(from, to));
            }
            return open;
        }
    }

    /** Whether it is open at a moment. */
    default boolean openAt(Instant moment) {
        return !between(moment, moment.plusNanos(1)).isEmpty();
    }

    /** The first moment from here on at which it is open; empty: none before the horizon. */
    default Optional<Instant> nextOpen(Instant from) {
        for (Interval part : parts(from)) {
            List<Interval> open = between(part.start(), part.end());
            if (!open.isEmpty()) {
                return Optional.of(open.getFirst().start());
            }
        }
        return Optional.empty();
    }

    /** The first moment from here on at which it is closed; empty: none before the horizon. */
    default Optional<Instant> nextClose(Instant from) {
        for (Interval part : parts(from)) {
            List<Interval> open = between(part.start(), part.end());
            if (open.isEmpty() || open.getFirst().start().isAfter(part.start())) {
                return Optional.of(part.start());
            }
            if (open.getFirst().end().isBefore(part.end())) {
                return Optional.of(open.getFirst().end());
            }
        }
        return Optional.empty();
    }

    /** Longer and longer, so that what is near is found without a look at what is far. */
    private static List<Interval> parts(Instant from) {
        List<Interval> parts = new ArrayList<>();
        Instant end = from.plus(HORIZON);
        Instant cursor = from;
        for (Duration step = Duration.ofDays(8);
                cursor.isBefore(end);
                step = step.multipliedBy(3)) {
            Instant next = cursor.plus(step);
            parts.add(new Interval(cursor, next.isBefore(end) ? next : end));
            cursor = next;
        }
        return parts;
    }
}
