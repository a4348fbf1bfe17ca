package dev.drover.gateway.plan;

import java.time.Duration;
import java.util.Locale;

/** Durations as messages carry them, and as people and jobspecs write them. */
public final class DeclaredTime {
    private DeclaredTime() {}

    /** A message as a duration; zero where there is none. */
    public static Duration of(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** For example {@code 1h30m}, {@code 10s}. */
    public static String text(Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + "ms"
                : duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    static com.google.protobuf.Duration message(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
