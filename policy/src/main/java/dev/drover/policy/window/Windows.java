package dev.drover.policy.window;

import dev.drover.v1.Calendar;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From declared windows to schedules. */
public final class Windows {

    private static final int TEXT_MAX = 500;
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(1970, 1, 1, 0, 0);

    private Windows() {}

    /**
     * A window that is declared right.
     *
     * @throws WindowSyntax naming field and place
     */
    public static Schedule read(Window window, ZoneId zone) {
        boolean rule = !window.getRrule().isEmpty();
        boolean cron = !window.getCron().isEmpty();
        bounded("rrule", window.getRrule());
        bounded("cron", window.getCron());
        if (rule && cron) {
            throw whole("has both rrule and cron; leave one of them out");
        }
        if (window.getStart().isEmpty() && !cron) {
            throw whole(
                    rule
                            ? "needs start: from when on, and at what time"
                            : "needs start, with rrule where it comes again, or cron");
        }
        Optional<LocalDateTime> start =
                window.getStart().isEmpty()
                        ? Optional.empty()
                        : Optional.of(time("start", window.getStart()));
        if (!rule && !cron) {
            return once(window, start.orElseThrow(), zone);
        }
        if (!window.getEnd().isEmpty()) {
            throw new WindowSyntax(
                    "end", -1, "is for what comes once; with rrule or cron say duration");
        }
        LocalDateTime from = start.orElse(LONG_AGO);
        Recurrence recurrence = rule ? rule(window, from, zone) : cron(window);
        if (recurrence.first(from).isEmpty()) {
            throw new WindowSyntax(
                    rule ? "rrule" : "cron",
                    -1,
                    "never opens: there is no such day within %d years of the start"
                            .formatted(Recurrence.SEARCHED_YEARS));
        }
        return new Schedule.Recurring(recurrence, from, duration(window, rule), zone);
    }

    /**
     * A schedule and what it is called.
     *
     * @param title of the window; without one, of its calendar; else empty
     */
    public record Titled(String title, Schedule schedule) {}

    /**
     * All windows of a rule.
     *
     * @param calendars those that the rule names
     */
    public static List<Titled> of(WindowRule rule, List<Calendar> calendars) {
        List<Titled> all = new ArrayList<>();
        if (rule.getWindowsCount() > 0) {
            add(all, rule.getWindowsList(), ZoneId.of(rule.getZone()), "");
        }
        for (Calendar calendar : calendars) {
            String title =
                    calendar.getDisplayName().isEmpty()
                            ? calendar.getName()
                            : calendar.getDisplayName();
            add(all, calendar.getWindowsList(), ZoneId.of(calendar.getZone()), title);
        }
        return all;
    }

    /** When a rule with these windows lets promotions run. */
    public static OpenTimes open(WindowRule.Mode mode, List<Titled> windows) {
        List<Schedule> schedules = windows.stream().map(Titled::schedule).toList();
        return mode == WindowRule.Mode.ALLOW
                ? new OpenTimes.Within(schedules)
                : new OpenTimes.Outside(schedules);
    }

    private static void add(List<Titled> all, List<Window> windows, ZoneId zone, String title) {
        for (Window window : windows) {
            all.add(
                    new Titled(
                            window.getTitle().isEmpty() ? title : window.getTitle(),
                            read(window, zone)));
        }
    }

    private static Schedule once(Window window, LocalDateTime start, ZoneId zone) {
        if (window.hasDuration() && !window.getEnd().isEmpty()) {
            throw whole("has both end and duration; leave one of them out");
        }
        LocalDateTime end;
        if (window.getEnd().isEmpty()) {
            end = start.plus(duration(window, true));
        } else if (isDate(window.getEnd())) {
            end = time("end", window.getEnd()).plusDays(1);
        } else {
            end = time("end", window.getEnd());
        }
        if (!start.isBefore(end)) {
            throw new WindowSyntax("end", -1, "is not after start");
        }
        return new Schedule.Once(start, end, zone);
    }

    private static Recurrence rule(Window window, LocalDateTime start, ZoneId zone) {
        try {
            return RecurrenceRule.parse(window.getRrule(), start, zone);
        } catch (WindowSyntax e) {
            throw e.in("rrule");
        }
    }

    private static Recurrence cron(Window window) {
        try {
            return Cron.parse(window.getCron());
        } catch (WindowSyntax e) {
            throw e.in("cron");
        }
    }

    private static Duration duration(Window window, boolean dayByDefault) {
        if (!window.hasDuration()) {
            if (dayByDefault && isDate(window.getStart())) {
                return Duration.ofDays(1);
            }
            throw whole(
                    window.getRrule().isEmpty() && window.getCron().isEmpty()
                            ? "needs end or duration"
                            : "needs duration: how long it stays open");
        }
        Duration duration =
                Duration.ofSeconds(
                        window.getDuration().getSeconds(), window.getDuration().getNanos());
        boolean minutes = duration.equals(Duration.ofMinutes(duration.toMinutes()));
        if (!minutes || duration.toMinutes() < 1 || duration.compareTo(Schedule.LONGEST) > 0) {
            throw new WindowSyntax(
                    "duration", -1, "must be whole minutes, from 1 minute to 366 days");
        }
        return duration;
    }

    private static LocalDateTime time(String field, String text) {
        try {
            return isDate(text)
                    ? LocalDate.parse(text).atTime(LocalTime.MIDNIGHT)
                    : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new WindowSyntax(
                    field,
                    -1,
                    "\"%s\" is no time of the calendar; write 2026-12-18T18:00, or 2026-12-25 for the whole day"
                            .formatted(text));
        }
    }

    private static void bounded(String field, String text) {
        if (text.length() > TEXT_MAX) {
            throw new WindowSyntax(
                    field, -1, "has %d characters; at most %d".formatted(text.length(), TEXT_MAX));
        }
    }

    private static boolean isDate(String text) {
        return text.length() == 10;
    }

    private static WindowSyntax whole(String message) {
        return new WindowSyntax("", -1, message);
    }
}
