package dev.drover.policy.window;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.Set;

/**
 * On which days: those that meet every part that is not empty. Negative numbers count from the end.
 *
 * @param ordinalsOfYear whether the number of a weekday counts in the year and not in the month
 */
record DayParts(
        Set<Integer> months,
        Set<Integer> weeks,
        Set<Integer> yearDays,
        Set<Integer> monthDays,
        Set<Weekday> weekdays,
        boolean ordinalsOfYear,
        DayOfWeek weekStart) {

    /**
     * A weekday.
     *
     * @param ordinal which one of the month or year; 0: each
     */
    record Weekday(int ordinal, DayOfWeek day) {}

    /** RFC 5545: the first week has at least four days in the year. */
    private static final int DAYS_OF_FIRST_WEEK = 4;

    DayParts {
        months = Set.copyOf(months);
        weeks = Set.copyOf(weeks);
        yearDays = Set.copyOf(yearDays);
        monthDays = Set.copyOf(monthDays);
        weekdays = Set.copyOf(weekdays);
    }

    boolean on(LocalDate date) {
        return (months.isEmpty() || months.contains(date.getMonthValue()))
                && has(monthDays, date.getDayOfMonth(), date.lengthOfMonth())
                && has(yearDays, date.getDayOfYear(), date.lengthOfYear())
                && (weeks.isEmpty() || week(date))
                && (weekdays.isEmpty() || weekday(date));
    }

    private static boolean has(Set<Integer> wanted, int number, int last) {
        return wanted.isEmpty() || wanted.contains(number) || wanted.contains(number - last - 1);
    }

    private boolean week(LocalDate date) {
        WeekFields fields = WeekFields.of(weekStart, DAYS_OF_FIRST_WEEK);
        int number = date.get(fields.weekOfWeekBasedYear());
        int last = (int) date.range(fields.weekOfWeekBasedYear()).getMaximum();
        return has(weeks, number, last);
    }

    private boolean weekday(LocalDate date) {
        int number = ordinalsOfYear ? date.getDayOfYear() : date.getDayOfMonth();
        int last = ordinalsOfYear ? date.lengthOfYear() : date.lengthOfMonth();
        int fromStart = (number - 1) / 7 + 1;
        int fromEnd = -((last - number) / 7 + 1);
        DayOfWeek day = date.getDayOfWeek();
        return weekdays.contains(new Weekday(0, day))
                || weekdays.contains(new Weekday(fromStart, day))
                || weekdays.contains(new Weekday(fromEnd, day));
    }
}
