package dev.drover.policy.window;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A recurrence as cron writes it: {@code minute hour day-of-month month day-of-week}. Where both
 * days are restricted either is enough.
 *
 * @param times of each day
 * @param either whether a day of the month or of the week is enough
 */
public record Cron(
        List<LocalTime> times,
        Set<Integer> daysOfMonth,
        Set<Integer> months,
        Set<DayOfWeek> daysOfWeek,
        boolean either)
        implements Recurrence {

    public Cron {
        times = times.stream().sorted().distinct().toList();
        daysOfMonth = Set.copyOf(daysOfMonth);
        months = Set.copyOf(months);
        daysOfWeek = Set.copyOf(daysOfWeek);
    }

    /**
     * Reads five fields: numbers, names of months and days, lists, ranges and steps.
     *
     * @throws WindowSyntax naming the place
     */
    public static Cron parse(String text) {
        return CronText.parse(text);
    }

    @Override
    public Stream<LocalDateTime> between(LocalDateTime from, LocalDateTime to) {
        return from.toLocalDate()
                .datesUntil(to.toLocalDate().plusDays(1))
                .filter(this::on)
                .flatMap(date -> times.stream().map(date::atTime))
                .filter(start -> !start.isBefore(from) && start.isBefore(to));
    }

    private boolean on(LocalDate date) {
        boolean month = daysOfMonth.contains(date.getDayOfMonth());
        boolean week = daysOfWeek.contains(date.getDayOfWeek());
        return months.contains(date.getMonthValue()) && (either ? month || week : month && week);
    }
}
