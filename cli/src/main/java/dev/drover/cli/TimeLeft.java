package dev.drover.cli;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time by what they mean to somebody who waits: how long it still is. */
final class TimeLeft {
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

    private record Unit(long seconds, String name) {}

    private static final List<Unit> UNITS =
            List.of(
                    new Unit(86_400, " d"),
                    new Unit(3600, " h"),
                    new Unit(60, " m"),
                    new Unit(1, " s"));

    private final GatewayTime now;

    TimeLeft(GatewayTime now) {
        this.now = now;
    }

    /** A text of the gateway with its times as people read them, and how long it is until then. */
    String in(String message) {
        return INSTANT.matcher(message)
                .replaceAll(found -> {
                    Instant time = Instant.parse(found.group());
                    return Matcher.quoteReplacement(Times.text(time) + " UTC" + after(time));
                });
    }

    /** {@code 3 m 20 s until}, or the time itself where the gateway told no time yet. */
    String before(Timestamp time) {
        return now.until(time)
                .map(left -> text(left) + " until")
                .orElse("at " + Times.text(time) + " UTC");
    }

    private String after(Instant time) {
        return now.until(time)
                .filter(Duration::isPositive)
                .map(left -> " (" + text(left) + " left)")
                .orElse("");
    }

    /** For example {@code 12 s}, {@code 3 m 20 s}, {@code 23 h 59 m}: the two largest units. */
    static String text(Duration left) {
        // What is left counts down to 1, as a countdown does, not to 0 for the whole last second.
        long seconds = Math.max(0, left.plusMillis(999).toSeconds());
        for (int i = 0; i < UNITS.size() - 1; i++) {
            Unit large = UNITS.get(i);
            if (seconds >= large.seconds()) {
                Unit small = UNITS.get(i + 1);
                long rest = seconds % large.seconds() / small.seconds();
                return seconds / large.seconds()
                        + large.name()
                        + (rest == 0 ? "" : " " + rest + small.name());
            }
        }
        return seconds + " s";
    }
}
