package dev.drover.gateway.plan;

import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Verification;
import dev.drover.v1.WorseDirection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A verification in one line, for people who approve it: what is measured and what decides. */
final class VerificationText {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration HOLD = Duration.ofHours(24);
    private static final Duration JOB = Duration.ofMinutes(5);
    private static final int SAMPLES = 10;
    private static final int LONGEST = 300;

    private VerificationText() {}

    static String of(Verification one) {
        List<String> parts = new ArrayList<>();
        parts.add(id(one) + ": " + measured(one));
        decided(one, parts);
        parts.add(often(one));
        if (one.getDryRun()) {
            parts.add("a dry run, which decides nothing");
        } else {
            parts.add(unclear(one));
        }
        return String.join("; ", parts);
    }

    static String id(Verification one) {
        return one.getName().substring(one.getName().lastIndexOf('/') + 1);
    }

    private static String measured(Verification one) {
        return switch (one.getKindCase()) {
            case NOMAD -> "health and checks of the new allocations, as Nomad tells them";
            case HTTP -> http(one.getHttp());
            case PROMETHEUS -> prometheus(one.getPrometheus());
            case JOB ->
                    "a batch job that must end with exit code 0 within "
                            + text(one.getJob().getTimeout(), JOB);
            case COMPARISON -> comparison(one.getComparison());
            case KIND_NOT_SET -> "nothing";
        };
    }

    private static String http(HttpMeasurement asked) {
        String method = asked.getMethod().isEmpty() ? "GET" : asked.getMethod();
        return method + " " + line(asked.getUrl());
    }

    private static String prometheus(PrometheusMeasurement asked) {
        String metric = "`%s` from %s".formatted(line(asked.getQuery()), line(asked.getAddress()));
        return asked.hasRange() ? metric + over(asked.getRange()) : metric;
    }

    private static String comparison(ComparisonMeasurement asked) {
        return "`%s` from %s%s, of new allocations against old ones, %s being worse, at least %d values of each"
                .formatted(
                        line(asked.getQuery()),
                        line(asked.getAddress()),
                        over(asked.getRange()),
                        asked.getWorse() == WorseDirection.LOWER ? "lower" : "higher",
                        asked.getMinSamples() > 0 ? asked.getMinSamples() : SAMPLES);
    }

    private static String over(QueryRange range) {
        return " over %s by %s"
                .formatted(
                        DeclaredTime.text(DeclaredTime.of(range.getDuration())),
                        DeclaredTime.text(DeclaredTime.of(range.getStep())));
    }

    private static void decided(Verification one, List<String> parts) {
        switch (one.getKindCase()) {
            case NOMAD ->
                    conditions(
                            one.getNomad().getSuccessCondition(),
                            one.getNomad().getFailureCondition(),
                            parts);
            case HTTP ->
                    conditions(
                            one.getHttp().getSuccessCondition(),
                            one.getHttp().getFailureCondition(),
                            parts);
            case PROMETHEUS ->
                    conditions(
                            one.getPrometheus().getSuccessCondition(),
                            one.getPrometheus().getFailureCondition(),
                            parts);
            case COMPARISON ->
                    conditions(
                            one.getComparison().getSuccessCondition(),
                            one.getComparison().getFailureCondition(),
                            parts);
            case JOB, KIND_NOT_SET -> {}
        }
    }

    private static void conditions(String success, String failure, List<String> parts) {
        if (!success.isEmpty()) {
            parts.add("yes where `%s`".formatted(line(success)));
        }
        if (!failure.isEmpty()) {
            parts.add("no where `%s`".formatted(line(failure)));
        }
        if (success.isEmpty() && failure.isEmpty()) {
            parts.add("yes where all that is wanted is healthy and no check fails");
        }
    }

    private static String often(Verification one) {
        int count = Math.max(1, one.getMeasurements());
        String often =
                count == 1
                        ? "once"
                        : "%d times, every %s".formatted(count, text(one.getInterval(), INTERVAL));
        Duration delay = DeclaredTime.of(one.getInitialDelay());
        if (delay.isPositive()) {
            often += ", %s later".formatted(DeclaredTime.text(delay));
        }
        return one.getFailureLimit() > 0
                ? often + ", of which %d may fail".formatted(one.getFailureLimit())
                : often;
    }

    private static String unclear(Verification one) {
        return one.getOnInconclusive() == Verification.InconclusiveAction.FAIL
                ? "inconclusive counts as failed"
                : "inconclusive waits %s for a person".formatted(text(one.getHoldLimit(), HOLD));
    }

    private static String text(com.google.protobuf.Duration declared, Duration otherwise) {
        Duration time = DeclaredTime.of(declared);
        return DeclaredTime.text(time.isPositive() ? time : otherwise);
    }

    private static String line(String text) {
        String flat = text.replaceAll("\\s+", " ").strip();
        return flat.length() > LONGEST ? flat.substring(0, LONGEST) + "..." : flat;
    }
}
