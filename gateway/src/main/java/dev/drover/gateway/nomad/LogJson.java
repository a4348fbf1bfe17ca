package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.LogRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What nodes tell of their allocations: checks, and how to ask for logs. */
final class LogJson {

    private LogJson() {}

    /** By service and check. */
    static List<CheckResult> checks(JsonNode byId) {
        return byId.properties().stream()
                .map(entry -> check(entry.getValue()))
                .sorted(
                        Comparator.comparing(CheckResult::service)
                                .thenComparing(CheckResult::check))
                .toList();
    }

    private static CheckResult check(JsonNode check) {
        return new CheckResult(
                Json.text(check, "Service"),
                Json.text(check, "Check"),
                Json.text(check, "Status"),
                Json.text(check, "Output"),
                (int) Json.number(check, "StatusCode"),
                Instant.ofEpochSecond(Json.number(check, "Timestamp")));
    }

    static String query(LogRequest request) {
        return "&task=%s&type=%s&follow=%s&origin=%s&offset=%d"
                .formatted(
                        Call.encode(request.task()),
                        switch (request.output()) {
                            case STDOUT -> "stdout";
                            case STDERR -> "stderr";
                        },
                        request.follow(),
                        request.start().fromEnd() ? "end" : "start",
                        request.start().bytes());
    }
}
