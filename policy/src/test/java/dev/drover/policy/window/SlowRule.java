package dev.drover.policy.window;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A recurrence rule beside an obvious test of a day.
 *
 * @param start its time is that of every beginning
 */
record SlowRule(String text, LocalDateTime start, Predicate<LocalDate> day) {

    private static final List<Duration> DURATIONS =
            Stream.of("PT1M", "PT20M", "PT30M", "PT1H", "PT2H30M", "PT9H", "P1D", "P2DT6H", "P14D")
                    .map(Duration::parse)
                    .toList();

    boolean on(LocalDate date) {
        return day.test(date);
    }

    static Duration duration(SplittableRandom random) {
        return DURATIONS.get(random.nextInt(DURATIONS.size()));
    }

    static SlowRule random(SplittableRandom random, LocalDate from) {
        LocalDate start = from.plusDays(random.nextInt(-300, 300));
        // Half of the windows begin where clocks change.
        int minute = random.nextBoolean() ? random.nextInt(1440) : 5 * random.nextInt(-12, 40);
        LocalDateTime at =
                start.atTime(Math.floorMod(minute, 1440) / 60, Math.floorMod(minute, 60));
        int interval = random.nextInt(1, 4);
        DayOfWeek weekday = DayOfWeek.of(random.nextInt(1, 8));
        String name = weekday.name().substring(0, 2);
        return switch (random.nextInt(9)) {
            case 0 ->
                    new SlowRule(
                            "FREQ=DAILY;INTERVAL=" + interval,
                            at,
                            day -> ChronoUnit.DAYS.between(start, day) % interval == 0);
            case 1 ->
                    new SlowRule(
                            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                            at,
                            day -> day.getDayOfWeek().getValue() <= 5);
            case 2 ->
                    new SlowRule(
                            "FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s"
                                    .formatted(interval, name.equals("SU") ? name : "SU," + name),
                            at,
                            day ->
                                    ChronoUnit.WEEKS.between(monday(start), monday(day)) % interval
                                                    == 0
                                            && (day.getDayOfWeek() == weekday
                                                    || day.getDayOfWeek() == DayOfWeek.SUNDAY));
            case 3 -> lastOfMonth(at, random.nextInt(1, 4));
            case 4 -> weekdayOfMonth(at, weekday, name, random.nextInt(1, 6));
            case 5 ->
                    new SlowRule(
                            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                            at,
                            day -> isLastWorkday(day));
            case 6 ->
                    new SlowRule(
                            "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
                            at,
                            day ->
                                    (day.getMonthValue() == 3 || day.getMonthValue() == 10)
                                            && day.getDayOfWeek() == DayOfWeek.SUNDAY
                                            && day.plusDays(7).getMonthValue()
                                                    != day.getMonthValue());
            case 7 ->
                    new SlowRule(
                            "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=13,29,31".formatted(interval),
                            at,
                            day ->
                                    months(start, day) % interval == 0
                                            && List.of(13, 29, 31).contains(day.getDayOfMonth()));
            default ->
                    new SlowRule(
                            "FREQ=YEARLY",
                            at,
                            day ->
                                    day.getMonthValue() == start.getMonthValue()
                                            && day.getDayOfMonth() == start.getDayOfMonth());
        };
    }

    private static SlowRule lastOfMonth(LocalDateTime at, int back) {
        return new SlowRule(
                "FREQ=MONTHLY;BYMONTHDAY=-" + back,
                at,
                day -> day.plusDays(back).getDayOfMonth() == 1);
    }

    private static SlowRule weekdayOfMonth(
            LocalDateTime at, DayOfWeek weekday, String name, int ordinal) {
        return new SlowRule(
                "FREQ=MONTHLY;BYDAY=%d%s".formatted(ordinal, name),
                at,
                day -> {
                    int seen = 0;
                    for (LocalDate each = day.withDayOfMonth(1);
                            !each.isAfter(day);
                            each = each.plusDays(1)) {
                        seen += each.getDayOfWeek() == weekday ? 1 : 0;
                    }
                    return day.getDayOfWeek() == weekday && seen == ordinal;
                });
    }

    private static boolean isLastWorkday(LocalDate day) {
        LocalDate last = day.withDayOfMonth(day.lengthOfMonth());
        while (last.getDayOfWeek().getValue() > 5) {
            last = last.minusDays(1);
        }
        return last.equals(day);
    }

    private static LocalDate monday(LocalDate date) {
        return date.minusDays(date.getDayOfWeek().getValue() - 1L);
    }

    private static int months(LocalDate from, LocalDate to) {
        return (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
    }
}
