package dev.drover.gateway.api.grpc;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code grpc-timeout}: up to eight digits and a unit. */
final class GrpcTimeout {
    static final String HEADER = "grpc-timeout";

    private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

    private GrpcTimeout() {}

    /** The time that the caller gives; empty where the header is absent or malformed. */
    static Optional<Duration> parse(Optional<String> header) {
        return header.map(FORM::matcher)
                .filter(Matcher::matches)
                .map(match -> Duration.of(Long.parseLong(match.group(1)), unit(match.group(2))));
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "H" -> ChronoUnit.HOURS;
            case "M" -> ChronoUnit.MINUTES;
            case "S" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MILLIS;
            case "u" -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
    }
}
