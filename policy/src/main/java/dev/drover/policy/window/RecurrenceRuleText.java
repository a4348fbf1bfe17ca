package dev.drover.policy.window;

import dev.drover.policy.window.DayParts.Weekday;
import dev.drover.policy.window.RecurrenceRule.Frequency;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads an RRULE; every refusal names its place. */
final class RecurrenceRuleText {

    private static final int INTERVAL_MAX = 1000;
    private static final int COUNT_MAX = 10_000;
    private static final Set<String> KNOWN =
            Set.of(
                    "FREQ",
                    "INTERVAL",
                    "COUNT",
                    "UNTIL",
                    "WKST",
                    "BYMONTH",
                    "BYWEEKNO",
                    "BYYEARDAY",
                    "BYMONTHDAY",
                    "BYDAY",
                    "BYHOUR",
                    "BYMINUTE",
                    "BYSETPOS");
    private static final Map<String, DayOfWeek> DAYS =
            Map.of(
                    "MO", DayOfWeek.MONDAY,
                    "TU", DayOfWeek.TUESDAY,
                    "WE", DayOfWeek.WEDNESDAY,
                    "TH", DayOfWeek.THURSDAY,
                    "FR", DayOfWeek.FRIDAY,
                    "SA", DayOfWeek.SATURDAY,
                    "SU", DayOfWeek.SUNDAY);
    private static final Pattern WEEKDAY = Pattern.compile("([+-]?[0-9]{1,2})?([A-Z]{2})");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    private record Part(String value, int offset) {}

    private final String text;
    private final LocalDateTime start;
    private final ZoneId zone;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    RecurrenceRuleText(String text, LocalDateTime start, ZoneId zone) {
        this.text = text;
        this.start = start;
        this.zone = zone;
    }

    RecurrenceRule parse() {
        split();
        Frequency frequency = frequency();
        RecurrenceRuleFit.check(frequency, this::offset);
        int interval = number("INTERVAL", INTERVAL_MAX).orElse(1);
        DayOfWeek weekStart =
                part("WKST").map(part -> day(part.value(), part)).orElse(DayOfWeek.MONDAY);
        Optional<LocalDateTime> until = part("UNTIL").map(this::until);
        TimeParts times = new TimeParts(times(), numbers("BYSETPOS", 366, true));
        RecurrenceRule rule =
                new RecurrenceRule(
                        frequency,
                        interval,
                        weekStart,
                        start,
                        until,
                        days(frequency, weekStart),
                        times);
        return number("COUNT", COUNT_MAX).map(count -> counted(rule, count)).orElse(rule);
    }

    private void split() {
        int offset = 0;
        for (String each : text.split(";", -1)) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new WindowSyntax(offset, unknown(name));
            }
            if (equals < 0 || equals == each.length() - 1) {
                throw new WindowSyntax(offset + name.length(), name + " has no value");
            }
            if (parts.put(name, new Part(each.substring(equals + 1), offset + equals + 1))
                    != null) {
                throw new WindowSyntax(offset, name + " is there twice");
            }
            offset += each.length() + 1;
        }
        if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
            throw new WindowSyntax(offset("COUNT"), "COUNT and UNTIL exclude each other");
        }
    }

    private static String unknown(String name) {
        return switch (name) {
            case "" -> "has an empty part";
            case "BYSECOND" -> "BYSECOND is not known: windows open on whole minutes";
            default ->
                    name.startsWith("RRULE:") || name.startsWith("DTSTART")
                            ? "write the rule alone, beginning with FREQ; the start has a field of its own"
                            : "\"%s\" is no part of a recurrence rule; there are %s"
                                    .formatted(
                                            name,
                                            KNOWN.stream()
                                                    .sorted()
                                                    .collect(Collectors.joining(", ")));
        };
    }

    private Frequency frequency() {
        Part part =
                part("FREQ")
                        .orElseThrow(() ->
                                new WindowSyntax(0, "has no FREQ; begin with FREQ=WEEKLY, say"));
        for (Frequency frequency : Frequency.values()) {
            if (frequency.name().equals(part.value())) {
                return frequency;
            }
        }
        throw new WindowSyntax(
                part.offset(),
                "\"%s\" is no frequency of windows; DAILY, WEEKLY, MONTHLY or YEARLY, with BYHOUR and BYMINUTE for several a day"
                        .formatted(part.value()));
    }

    private DayParts days(Frequency frequency, DayOfWeek weekStart) {
        Set<Integer> months = numbers("BYMONTH", 12, false);
        Set<Integer> monthDays = numbers("BYMONTHDAY", 31, true);
        Set<Weekday> weekdays = new HashSet<>();
        part("BYDAY")
                .ifPresent(part ->
                        each(part, (item, at) -> weekdays.add(weekday(item, at, frequency))));
        Set<Integer> yearDays = numbers("BYYEARDAY", 366, true);
        Set<Integer> weeks = numbers("BYWEEKNO", 53, true);
        Weekday own = new Weekday(0, start.getDayOfWeek());
        if (weekdays.isEmpty()
                && (frequency == Frequency.WEEKLY || (!weeks.isEmpty() && yearDays.isEmpty()))) {
            weekdays.add(own);
        }
        boolean open = weekdays.isEmpty() && monthDays.isEmpty() && yearDays.isEmpty();
        if (open && frequency.compareTo(Frequency.MONTHLY) >= 0) {
            monthDays.add(start.getDayOfMonth());
            if (frequency == Frequency.YEARLY && months.isEmpty()) {
                months.add(start.getMonthValue());
            }
        }
        boolean ofYear = frequency == Frequency.YEARLY && parts.get("BYMONTH") == null;
        return new DayParts(months, weeks, yearDays, monthDays, weekdays, ofYear, weekStart);
    }

    private List<LocalTime> times() {
        Set<Integer> hours = numbers("BYHOUR", 23, false);
        Set<Integer> minutes = numbers("BYMINUTE", 59, false);
        if (hours.isEmpty()) {
            hours.add(start.getHour());
        }
        if (minutes.isEmpty()) {
            minutes.add(start.getMinute());
        }
        return hours.stream()
                .flatMap(hour -> minutes.stream().map(minute -> LocalTime.of(hour, minute)))
                .toList();
    }

    /** As the last beginning, so that none must be counted again. */
    private static RecurrenceRule counted(RecurrenceRule rule, int count) {
        Optional<LocalDateTime> last =
                rule.between(rule.start(), rule.start().plusYears(Recurrence.SEARCHED_YEARS))
                        .limit(count)
                        .reduce((one, next) -> next);
        return new RecurrenceRule(
                rule.frequency(),
                rule.interval(),
                rule.weekStart(),
                rule.start(),
                last,
                rule.days(),
                rule.times());
    }

    private LocalDateTime until(Part part) {
        String value = part.value();
        try {
            if (value.length() == 8) {
                return LocalDate.parse(value, DATE).atTime(LocalTime.MAX);
            }
            boolean utc = value.endsWith("Z");
            String local = utc ? value.substring(0, value.length() - 1) : value;
            if (local.length() == 15 && local.charAt(8) == 'T') {
                LocalDateTime time =
                        LocalDate.parse(local.substring(0, 8), DATE)
                                .atTime(LocalTime.parse(local.substring(9), TIME));
                return utc ? LocalDateTime.ofInstant(time.toInstant(ZoneOffset.UTC), zone) : time;
            }
        } catch (DateTimeException e) {
            throw new WindowSyntax(part.offset(), notUntil(value));
        }
        throw new WindowSyntax(part.offset(), notUntil(value));
    }

    private static String notUntil(String value) {
        return "\"%s\" is no time; write 20261231, 20261231T180000 or 20261231T170000Z"
                .formatted(value);
    }

    private Weekday weekday(String item, int offset, Frequency frequency) {
        Matcher matcher = WEEKDAY.matcher(item);
        if (!matcher.matches() || !DAYS.containsKey(matcher.group(2))) {
            throw new WindowSyntax(offset, notDay(item));
        }
        int ordinal = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        if (matcher.group(1) != null && (ordinal == 0 || Math.abs(ordinal) > 53)) {
            throw new WindowSyntax(
                    offset, "\"%s\" counts from 1 to 53, or from -1 to -53".formatted(item));
        }
        if (ordinal != 0
                && (frequency.compareTo(Frequency.MONTHLY) < 0 || parts.containsKey("BYWEEKNO"))) {
            throw new WindowSyntax(
                    offset,
                    "\"%s\" counts days of a month or year, which FREQ=%s%s has not"
                            .formatted(
                                    item,
                                    frequency,
                                    parts.containsKey("BYWEEKNO") ? " with BYWEEKNO" : ""));
        }
        return new Weekday(ordinal, DAYS.get(matcher.group(2)));
    }

    private static DayOfWeek day(String value, Part part) {
        return Optional.ofNullable(DAYS.get(value))
                .orElseThrow(() -> new WindowSyntax(part.offset(), notDay(value)));
    }

    private static String notDay(String text) {
        return "\"%s\" is no day; MO, TU, WE, TH, FR, SA or SU, with a number before it where one is meant: 1MO, -1FR"
                .formatted(text);
    }

    private Optional<Integer> number(String name, int most) {
        return part(name).map(part -> number(name, part.value(), part.offset(), 1, most));
    }

    private Set<Integer> numbers(String name, int most, boolean signed) {
        Set<Integer> numbers = new TreeSet<>();
        int least = signed || name.equals("BYMONTH") ? 1 : 0;
        part(name)
                .ifPresent(part ->
                        each(
                                part,
                                (item, at) -> {
                                    boolean minus = signed && item.startsWith("-");
                                    boolean plus = signed && item.startsWith("+");
                                    String digits = minus || plus ? item.substring(1) : item;
                                    int value = number(name, digits, at, least, most);
                                    return numbers.add(minus ? -value : value);
                                }));
        return numbers;
    }

    private static int number(String name, String text, int offset, int least, int most) {
        int value = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new WindowSyntax(
                    offset,
                    "\"%s\" is no value of %s; %d to %d".formatted(text, name, least, most));
        }
        return value;
    }

    private static void each(Part part, BiFunction<String, Integer, Boolean> action) {
        int offset = part.offset();
        for (String item : part.value().split(",", -1)) {
            if (!action.apply(item, offset)) {
                throw new WindowSyntax(offset, item + " is there twice");
            }
            offset += item.length() + 1;
        }
    }

    private Optional<Part> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /** Of its name; -1 where it is not there. */
    private int offset(String name) {
        return part(name).map(part -> part.offset() - name.length() - 1).orElse(-1);
    }
}
