package dev.drover.gateway.verification;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.HttpHeader;
import dev.drover.v1.MetricSeries;
import dev.drover.v1.QueryRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One Prometheus server. Source: {@code POST /api/v1/query} and {@code /api/v1/query_range}.
 *
 * @param field path of the query in the verification, for those who have to correct it
 * @param address with the placeholders filled in
 */
record PrometheusServer(
        Outbound outbound,
        String field,
        String address,
        List<HttpHeader> headers,
        Duration timeout) {

    private static final int ANSWER_BYTES = 4 << 20;

    /** Asks for the present value. */
    PrometheusReply query(String query, Instant now) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("time", seconds(now));
        return ask("/api/v1/query", form);
    }

    /** Asks for values up to a time. */
    PrometheusReply query(String query, QueryRange range, Instant end) {
        Duration length = Times.duration(range.getDuration());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("start", seconds(end.minus(length)));
        form.put("end", seconds(end));
        form.put("step", Long.toString(Times.duration(range.getStep()).toMillis()) + "ms");
        return ask("/api/v1/query_range", form);
    }

    private PrometheusReply ask(String path, Map<String, String> form) {
        List<HttpHeader> all = new ArrayList<>(headers);
        all.add(
                HttpHeader.newBuilder()
                        .setName("Content-Type")
                        .setValue("application/x-www-form-urlencoded")
                        .build());
        String base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        Outbound.Request request =
                new Outbound.Request(
                        "POST",
                        HttpAnswers.uri(base + path),
                        all,
                        body(form),
                        timeout,
                        ANSWER_BYTES);
        return switch (outbound.send(request)) {
            case Outbound.Answer.Received received -> PrometheusReply.read(received, field);
            case Outbound.Answer.Failed failed ->
                    new PrometheusReply.Useless(Finding.error(failed.why()));
            case Outbound.Answer.Refused refused ->
                    new PrometheusReply.Useless(Finding.refused(refused.why()));
        };
    }

    private static String body(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli())
                .divide(BigDecimal.valueOf(1000), 3, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** All values of all series. */
    static double[] values(List<MetricSeries> series) {
        return series.stream()
                .flatMap(one -> one.getValuesList().stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
