package dev.drover.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Days and hours as the clocks of a zone show them, whatever they do twice a year. */
final class LocalHours {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private LocalHours() {}

    static String date(Instant time, String zone) {
        return at(time, zone).toLocalDate().toString();
    }

    static String time(Instant time, String zone) {
        return CLOCK.format(at(time, zone));
    }

    static boolean weekend(Instant time, String zone) {
        DayOfWeek day = at(time, zone).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    /** From the first minute on and before the second; over midnight where the second is less. */
    static boolean within(Instant time, String from, String to, String zone) {
        String now = time(time, zone);
        String start = clock(from);
        String end = clock(to);
        return start.compareTo(end) <= 0
                ? now.compareTo(start) >= 0 && now.compareTo(end) < 0
                : now.compareTo(start) >= 0 || now.compareTo(end) < 0;
    }

    /** What is wrong with a time of day; empty where nothing is. */
    static Optional<String> problemOfClock(String clock) {
        return isClock(clock)
                ? Optional.empty()
                : Optional.of(
                        ValueText.of(clock)
                                + " is not a time of day; write it like \"09:00\", at most \"24:00\"");
    }

    /** What is wrong with a zone; empty where nothing is. */
    static Optional<String> problemOfZone(String zone) {
        try {
            ZoneId.of(zone);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of(unknownZone(zone));
        }
    }

    static String unknownZone(String zone) {
        return "there is no time zone "
                + ValueText.of(zone)
                + NearestName.of(zone, ZoneId.getAvailableZoneIds())
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse("; write it like \"Europe/Berlin\" or \"+02:00\"");
    }

    private static String clock(String clock) {
        OwnFunctions.refuse(problemOfClock(clock));
        return clock;
    }

    private static boolean isClock(String clock) {
        if (clock.equals("24:00")) {
            return true;
        }
        try {
            return clock.length() == 5 && CLOCK.format(LocalTime.parse(clock)).equals(clock);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static ZonedDateTime at(Instant time, String zone) {
        try {
            return time.atZone(ZoneId.of(zone));
        } catch (DateTimeException e) {
            // Looking for the nearest name takes long, and a loop may come here often.
            throw OwnFunctions.refused("there is no time zone " + ValueText.of(zone));
        }
    }
}
