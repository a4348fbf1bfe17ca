package dev.drover.policy.window;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An RRULE of RFC 5545 with its start. The days of one period (a day, week, month or year) are
 * looked at by themselves, so that the years since the start cost nothing.
 *
 * @param start from when on; says what the parts leave open, and in which period an interval begins
 * @param until the last beginning that counts
 */
public record RecurrenceRule(
        Frequency frequency,
        int interval,
        DayOfWeek weekStart,
        LocalDateTime start,
        Optional<LocalDateTime> until,
        DayParts days,
        TimeParts times)
        implements Recurrence {

    /** The length of a period. */
    enum Frequency {
        DAILY(ChronoUnit.DAYS),
        WEEKLY(ChronoUnit.WEEKS),
        MONTHLY(ChronoUnit.MONTHS),
        YEARLY(ChronoUnit.YEARS);

        private final ChronoUnit unit;

        Frequency(ChronoUnit unit) {
            this.unit = unit;
        }
    }

    /**
     * Reads the value of an RRULE property, without its name.
     *
     * @param zone of whose clocks a start and times without Z are
     * @throws WindowSyntax naming the place
     */
    public static RecurrenceRule parse(String text, LocalDateTime start, ZoneId zone) {
        return new RecurrenceRuleText(text, start, zone).parse();
    }

    @Override
    public Stream<LocalDateTime> between(LocalDateTime from, LocalDateTime to) {
        LocalDateTime first = from.isAfter(start) ? from : start;
        LocalDateTime end =
                until.map(last -> last.plusNanos(1)).filter(last -> last.isBefore(to)).orElse(to);
        if (!first.isBefore(end)) {
            return Stream.empty();
        }
        LocalDate base = period(start.toLocalDate());
        long index = frequency.unit.between(base, period(first.toLocalDate())) / interval;
        long last = frequency.unit.between(base, period(end.toLocalDate())) / interval;
        return LongStream.rangeClosed(index, last)
                .mapToObj(number -> base.plus(number * interval, frequency.unit))
                .flatMap(this::within)
                .filter(time -> !time.isBefore(first) && time.isBefore(end));
    }

    private LocalDate period(LocalDate date) {
        return switch (frequency) {
            case DAILY -> date;
            case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(weekStart));
            case MONTHLY -> date.withDayOfMonth(1);
            case YEARLY -> date.withDayOfYear(1);
        };
    }

    private Stream<LocalDateTime> within(LocalDate period) {
        Stream<LocalDateTime> all =
                period.datesUntil(period.plus(1, frequency.unit))
                        .filter(days::on)
                        .flatMap(date -> times.all().stream().map(date::atTime));
        if (times.positions().isEmpty()) {
            return all;
        }
        List<LocalDateTime> set = all.toList();
        return IntStream.range(0, set.size())
                .filter(i ->
                        times.positions().contains(i + 1)
                                || times.positions().contains(i - set.size()))
                .mapToObj(set::get);
    }
}
