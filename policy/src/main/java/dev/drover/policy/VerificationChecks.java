package dev.drover.policy;

import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.HttpHeader;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a verification must meet beyond the annotations of its fields. */
final class VerificationChecks {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int QUERY_MAX = 4_000;
    private static final int BODY_MAX = 16_384;
    private static final int HEADERS_MAX = 20;
    private static final int POINTS_MAX = 1_000;

    /** Headers that the client itself decides. */
    private static final Set<String> OWN_HEADERS =
            Set.of(
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "upgrade",
                    "te",
                    "trailer",
                    "expect",
                    "accept-encoding");

    private final List<FieldProblem> problems = new ArrayList<>();

    private VerificationChecks() {}

    static List<FieldProblem> check(Verification verification) {
        VerificationChecks checks = new VerificationChecks();
        checks.times(verification);
        checks.limits(verification);
        switch (verification.getKindCase()) {
            case NOMAD -> {}
            case HTTP -> checks.http(verification.getHttp());
            case PROMETHEUS -> checks.prometheus(verification.getPrometheus());
            case JOB ->
                    checks.time(
                            "job.timeout",
                            verification.getJob().hasTimeout(),
                            verification.getJob().getTimeout(),
                            SECOND,
                            HOUR);
            case COMPARISON -> checks.comparison(verification.getComparison());
            case KIND_NOT_SET ->
                    checks.problem(
                            "kind",
                            "needs one of nomad, http, prometheus, job and comparison",
                            "nomad",
                            "http",
                            "prometheus",
                            "job",
                            "comparison");
        }
        return checks.problems;
    }

    private void times(Verification one) {
        time("interval", one.hasInterval(), one.getInterval(), SECOND, HOUR);
        time("initial_delay", one.hasInitialDelay(), one.getInitialDelay(), Duration.ZERO, DAY);
        time("hold_limit", one.hasHoldLimit(), one.getHoldLimit(), SECOND, DAY.multipliedBy(30));
    }

    private void limits(Verification one) {
        int count = Math.max(1, one.getMeasurements());
        below("failure_limit", one.getFailureLimit(), count);
        below("inconclusive_limit", one.getInconclusiveLimit(), count);
    }

    private void below(String path, int limit, int count) {
        if (limit >= count) {
            problem(
                    path,
                    "%d is never exceeded by %d measurements; it must be below that"
                            .formatted(limit, count),
                    "measurements");
        }
    }

    private void http(HttpMeasurement http) {
        placeholders("http.url", http.getUrl(), false);
        placeholders("http.body", http.getBody(), false);
        if (http.getBody().length() > BODY_MAX) {
            tooLong("http.body", http.getBody(), BODY_MAX);
        }
        if (!http.getBody().isEmpty() && !http.getMethod().equals("POST")) {
            problem("http.body", "only a POST has one; set method to POST", "http.method");
        }
        request("http", http.getHeadersList(), http.hasTimeout(), http.getTimeout());
        conditions("http", http.getSuccessCondition(), http.getFailureCondition());
    }

    private void prometheus(PrometheusMeasurement asked) {
        query("prometheus", asked.getAddress(), asked.getQuery());
        if (asked.hasRange()) {
            range("prometheus.range", asked.getRange());
        }
        request("prometheus", asked.getHeadersList(), asked.hasTimeout(), asked.getTimeout());
        conditions("prometheus", asked.getSuccessCondition(), asked.getFailureCondition());
    }

    private void comparison(ComparisonMeasurement asked) {
        query("comparison", asked.getAddress(), asked.getQuery());
        range("comparison.range", asked.getRange());
        request("comparison", asked.getHeadersList(), asked.hasTimeout(), asked.getTimeout());
        conditions("comparison", asked.getSuccessCondition(), asked.getFailureCondition());
        if (!asked.getQuery().isEmpty()
                && !MeasuredText.placeholders(asked.getQuery())
                        .contains(MeasuredText.ALLOCATIONS)) {
            problem(
                    "comparison.query",
                    "needs {{allocations}} to tell new allocations from old ones, as in"
                            + " up{alloc_id=~\"{{allocations}}\"}");
        }
    }

    private void query(String path, String address, String query) {
        placeholders(path + ".address", address, false);
        placeholders(path + ".query", query, true);
        if (query.length() > QUERY_MAX) {
            tooLong(path + ".query", query, QUERY_MAX);
        }
    }

    private void range(String path, QueryRange range) {
        time(path + ".duration", range.hasDuration(), range.getDuration(), SECOND, DAY);
        time(path + ".step", range.hasStep(), range.getStep(), SECOND, DAY);
        long step = time(range.getStep()).toMillis();
        long duration = time(range.getDuration()).toMillis();
        if (step > 0 && step > duration) {
            problem(path + ".step", "is longer than the whole range", path + ".duration");
        } else if (step > 0 && duration / step > POINTS_MAX) {
            problem(
                    path + ".step",
                    "gives %d values of each series; at most %d"
                            .formatted(duration / step, POINTS_MAX),
                    path + ".duration");
        }
    }

    private void request(
            String path,
            List<HttpHeader> headers,
            boolean timed,
            com.google.protobuf.Duration timeout) {
        time(path + ".timeout", timed, timeout, MOMENT, REQUEST);
        if (headers.size() > HEADERS_MAX) {
            problem(path + ".headers", "are %d; at most %d".formatted(headers.size(), HEADERS_MAX));
        }
        for (int i = 0; i < headers.size(); i++) {
            HttpHeader header = headers.get(i);
            String at = path + ".headers[" + i + "]";
            if (header.getValue().isEmpty() == header.getValueFrom().isEmpty()) {
                problem(at, "needs one of value and value_from");
            }
            if (OWN_HEADERS.contains(header.getName().toLowerCase(Locale.ROOT))) {
                problem(at + ".name", "%s is set by Drover".formatted(header.getName()));
            }
        }
    }

    private void conditions(String path, String success, String failure) {
        if (success.isEmpty() && failure.isEmpty()) {
            problem(path, "needs success_condition, failure_condition or both");
        }
    }

    private void placeholders(String path, String text, boolean query) {
        problems.addAll(MeasuredText.problems(path, text, query));
    }

    private void time(
            String path,
            boolean set,
            com.google.protobuf.Duration value,
            Duration least,
            Duration most) {
        Duration time = time(value);
        if (set && (time.compareTo(least) < 0 || time.compareTo(most) > 0)) {
            problem(
                    path,
                    "%s must be from %s to %s"
                            .formatted(
                                    ValueText.of(time), ValueText.of(least), ValueText.of(most)));
        }
    }

    private static Duration time(com.google.protobuf.Duration value) {
        return Duration.ofSeconds(value.getSeconds(), value.getNanos());
    }

    private void tooLong(String path, String text, int most) {
        problem(path, "has %d characters; at most %d".formatted(text.length(), most));
    }

    private void problem(String path, String message, String... others) {
        problems.add(FieldProblem.of(path, message).beside(List.of(others)));
    }
}
