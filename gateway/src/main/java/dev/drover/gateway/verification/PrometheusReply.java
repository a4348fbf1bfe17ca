package dev.drover.gateway.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.v1.MetricSeries;
import dev.drover.v1.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what Prometheus answers to {@code /api/v1/query} and {@code /api/v1/query_range}. */
sealed interface PrometheusReply {
    /** Series with their values; those that are not numbers are left out. */
    record Series(List<MetricSeries> series) implements PrometheusReply {
        public Series {
            series = List.copyOf(series);
        }
    }

    /** Nothing to go on with. */
    record Useless(Finding finding) implements PrometheusReply {}

    /** More make no measurement, but a report. */
    int SERIES_MAX = 100;

    /**
     * Reads an answer.
     *
     * @param query path of the field that asked
     */
    static PrometheusReply read(Outbound.Answer.Received answer, String query) {
        if (!answer.whole()) {
            return new Useless(
                    Finding.refused(
                            "the answer to %s is too large: aggregate, for example with sum()"
                                    .formatted(query)));
        }
        JsonNode root;
        try {
            root = Parser.MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return new Useless(notPrometheus(answer));
        }
        if (!root.path("status").asText().equals("success")) {
            return new Useless(refusal(root, answer, query));
        }
        try {
            return data(root.path("data"), query);
        } catch (NumberFormatException e) {
            return new Useless(notPrometheus(answer));
        }
    }

    private static PrometheusReply data(JsonNode data, String query) {
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> new Series(List.of(Parser.scalar(result)));
            case "vector", "matrix" -> Parser.series(result, query);
            case String other ->
                    new Useless(
                            Finding.refused(
                                    "%s yields a %s; a number, a vector or a matrix is needed"
                                            .formatted(query, other)));
        };
    }

    private static Finding refusal(JsonNode root, Outbound.Answer.Received answer, String query) {
        String error = root.path("error").asText();
        if (error.isEmpty()) {
            return notPrometheus(answer);
        }
        return root.path("errorType").asText().equals("bad_data")
                ? Finding.refused(
                        "Prometheus does not understand the query in %s: %s"
                                .formatted(query, error))
                : Finding.of(Sample.Result.ERROR, "Prometheus says: " + error);
    }

    private static Finding notPrometheus(Outbound.Answer.Received answer) {
        return Finding.error(
                "the answer, status " + answer.status() + ", is not that of a Prometheus server");
    }

    /** The parts of an answer. */
    final class Parser {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Parser() {}

        private static MetricSeries scalar(JsonNode result) {
            return with(MetricSeries.newBuilder(), List.of(result));
        }

        private static PrometheusReply series(JsonNode result, String query) {
            if (result.size() > SERIES_MAX) {
                return new Useless(
                        Finding.refused(
                                "%s yields %d series; at most %d: aggregate, for example with sum()"
                                        .formatted(query, result.size(), SERIES_MAX)));
            }
            List<MetricSeries> series = new ArrayList<>();
            for (JsonNode one : result) {
                Map<String, String> labels = new TreeMap<>();
                one.path("metric")
                        .properties()
                        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
                List<JsonNode> points = new ArrayList<>();
                if (one.has("value")) {
                    points.add(one.path("value"));
                }
                one.path("values").forEach(points::add);
                series.add(with(MetricSeries.newBuilder().putAllLabels(labels), points));
            }
            return new Series(series);
        }

        private static MetricSeries with(MetricSeries.Builder series, List<JsonNode> points) {
            for (JsonNode point : points) {
                double value = number(point.path(1).asText());
                if (!Double.isNaN(value)) {
                    series.addValues(value);
                }
            }
            int count = series.getValuesCount();
            return series.setValue(count == 0 ? Double.NaN : series.getValues(count - 1)).build();
        }

        /** As Prometheus writes them: {@code 0.5}, {@code 1e-05}, {@code +Inf}, {@code NaN}. */
        private static double number(String text) {
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                case "NaN", "" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        }
    }
}
