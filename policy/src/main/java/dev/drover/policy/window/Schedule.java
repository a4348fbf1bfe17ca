package dev.drover.policy.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Windows that one declaration makes: one, or one after the other. */
public sealed interface Schedule {

    /** The longest window. */
    Duration LONGEST = Duration.ofDays(366);

    /** The zone whose clocks it goes by. */
    ZoneId zone();

    /** Each window that has a part in the period, whole, by its opening. Windows may overlap. */
    List<Interval> touching(Instant from, Instant to);

    /**
     * Opens when the recurrence says.
     *
     * @param from before this it never opens
     * @param duration what the clock on the wall goes on meanwhile
     */
    record Recurring(Recurrence recurrence, LocalDateTime from, Duration duration, ZoneId zone)
            implements Schedule {

        /** More than any zone has ever skipped or repeated. */
        private static final Duration CHANGE = Duration.ofDays(2);

        public Recurring {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a window of " + duration);
            }
        }

        @Override
        public List<Interval> touching(Instant first, Instant last) {
            LocalDateTime earliest =
                    LocalDateTime.ofInstant(first, zone).minus(duration).minus(CHANGE);
            LocalDateTime latest = LocalDateTime.ofInstant(last, zone).plus(CHANGE);
            return recurrence
                    .between(earliest.isAfter(from) ? earliest : from, latest)
                    .flatMap(start -> window(start, start.plus(duration), zone).stream())
                    .filter(window -> window.touches(first, last))
                    .toList();
        }
    }

    /** Opens once. */
    record Once(LocalDateTime start, LocalDateTime end, ZoneId zone) implements Schedule {
        @Override
        public List<Interval> touching(Instant from, Instant to) {
            return Stream.of(window(start, end, zone))
                    .flatMap(Optional::stream)
                    .filter(window -> window.touches(from, to))
                    .toList();
        }
    }

    private static Optional<Interval> window(LocalDateTime start, LocalDateTime end, ZoneId zone) {
        Instant opening = WallClock.opening(start, zone);
        Instant closing = WallClock.closing(end, zone);
        return opening.isBefore(closing)
                ? Optional.of(new Interval(opening, closing))
                : Optional.empty();
    }
}
