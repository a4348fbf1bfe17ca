package dev.drover.policy.window;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the five fields of cron. */
final class CronText {

    private static final Pattern FIELD = Pattern.compile("\\S+");

    private record Field(String shown, int least, int most, List<String> names) {}

    private static final List<Field> FIELDS =
            List.of(
                    new Field("minute", 0, 59, List.of()),
                    new Field("hour", 0, 23, List.of()),
                    new Field("day of month", 1, 31, List.of()),
                    new Field(
                            "month",
                            1,
                            12,
                            List.of(
                                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
                                    "OCT", "NOV", "DEC")),
                    new Field(
                            "day of week",
                            0,
                            7,
                            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")));

    private record Part(String text, int offset) {
        boolean open() {
            return text.startsWith("*");
        }
    }

    private CronText() {}

    static Cron parse(String text) {
        List<Part> parts = parts(text);
        List<Set<Integer>> values = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            values.add(values(FIELDS.get(i), parts.get(i)));
        }
        List<LocalTime> times =
                values.get(1).stream()
                        .flatMap(hour ->
                                values.get(0).stream().map(minute -> LocalTime.of(hour, minute)))
                        .toList();
        Set<DayOfWeek> week =
                values.get(4).stream()
                        .map(day -> DayOfWeek.of(day == 0 ? 7 : day))
                        .collect(Collectors.toSet());
        boolean either = !parts.get(2).open() && !parts.get(4).open();
        return new Cron(times, values.get(2), values.get(3), week, either);
    }

    private static List<Part> parts(String text) {
        Matcher matcher = FIELD.matcher(text);
        List<Part> parts = new ArrayList<>();
        while (matcher.find()) {
            parts.add(new Part(matcher.group(), matcher.start()));
        }
        int wanted = FIELDS.size();
        if (parts.size() != wanted) {
            int offset = parts.size() > wanted ? parts.get(wanted).offset() : text.length();
            throw new WindowSyntax(
                    offset,
                    "has %d field%s; cron has five: minute, hour, day of month, month, day of week"
                            .formatted(parts.size(), parts.size() == 1 ? "" : "s"));
        }
        return parts;
    }

    private static Set<Integer> values(Field field, Part part) {
        Set<Integer> values = new TreeSet<>();
        int offset = part.offset();
        for (String item : part.text().split(",", -1)) {
            item(field, item, offset, values);
            offset += item.length() + 1;
        }
        return values;
    }

    private static void item(Field field, String item, int offset, Set<Integer> values) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0 ? 1 : step(field, item.substring(slash + 1), offset + slash + 1);
        int dash = range.indexOf('-');
        int first;
        int last;
        if (range.equals("*")) {
            first = field.least;
            last = field.most;
        } else if (dash < 0) {
            first = value(field, range, offset);
            last = slash < 0 ? first : field.most;
        } else {
            first = value(field, range.substring(0, dash), offset);
            last = value(field, range.substring(dash + 1), offset + dash + 1);
            if (last < first) {
                throw new WindowSyntax(
                        offset,
                        "the range %s of the %s goes backwards; write it as two"
                                .formatted(range, field.shown));
            }
        }
        for (int value = first; value <= last; value += step) {
            values.add(value);
        }
    }

    private static int step(Field field, String text, int offset) {
        int step = number(text);
        if (step < 1 || step > field.most) {
            throw new WindowSyntax(
                    offset,
                    "\"%s\" is no step of the %s; 1 to %d"
                            .formatted(text, field.shown, field.most));
        }
        return step;
    }

    private static int value(Field field, String text, int offset) {
        int name = field.names.indexOf(text.toUpperCase(Locale.ROOT));
        int value = name < 0 ? number(text) : name + (field.least == 1 ? 1 : 0);
        if (value < field.least || value > field.most) {
            throw new WindowSyntax(
                    offset,
                    "\"%s\" is no %s; %d to %d%s"
                            .formatted(
                                    text,
                                    field.shown,
                                    field.least,
                                    field.most,
                                    field.names.isEmpty()
                                            ? ""
                                            : ", or %s to %s"
                                                    .formatted(
                                                            field.names.getFirst(),
                                                            field.names.getLast())));
        }
        return value;
    }

    /** -1: no number of at most two digits. */
    private static int number(String text) {
        return text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
    }
}
