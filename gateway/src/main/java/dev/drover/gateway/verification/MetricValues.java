package dev.drover.gateway.verification;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.MetricSeries;
import dev.drover.v1.PrometheusFacts;
import dev.drover.v1.PrometheusMeasurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Measures by a query of Prometheus. */
final class MetricValues {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String QUERY = "prometheus.query";

    private final Outbound outbound;
    private final Conditions conditions;
    private final Allocations allocations;

    MetricValues(Outbound outbound, Conditions conditions, Allocations allocations) {
        this.outbound = outbound;
        this.conditions = conditions;
        this.allocations = allocations;
    }

    Finding measure(Subject subject, PrometheusMeasurement declared, Instant now) {
        PrometheusServer server =
                new PrometheusServer(
                        outbound,
                        QUERY,
                        subject.fill(declared.getAddress()),
                        declared.getHeadersList(),
                        declared.hasTimeout() ? Times.duration(declared.getTimeout()) : TIMEOUT);
        String query =
                subject.fill(
                        declared.getQuery(),
                        name -> Allocations.pattern(allocations.fresh(subject)));
        PrometheusReply reply =
                declared.hasRange()
                        ? server.query(query, declared.getRange(), now)
                        : server.query(query, now);
        Finding finding =
                switch (reply) {
                    case PrometheusReply.Useless useless -> useless.finding();
                    case PrometheusReply.Series found -> judge(declared, found.series());
                };
        return finding.asking(query);
    }

    private Finding judge(PrometheusMeasurement declared, List<MetricSeries> series) {
        Conditions.Pair pair =
                new Conditions.Pair(
                        "prometheus",
                        declared.getSuccessCondition(),
                        declared.getFailureCondition());
        PrometheusFacts.Builder facts = PrometheusFacts.newBuilder().addAllSeries(series);
        boolean readsValue =
                conditions.reads(pair, PrometheusFacts.getDescriptor(), "value")
                        || conditions.reads(pair, PrometheusFacts.getDescriptor(), "values");
        if (!readsValue) {
            return conditions.judge(pair, facts.build());
        }
        if (series.isEmpty()) {
            return Finding.unclear(
                    "the query yields nothing: no series matches %s; see that the metric is there and its labels are right"
                            .formatted(QUERY));
        }
        if (series.size() > 1) {
            return Finding.refused(
                    ("%s yields %d series%s, and the condition reads one value:"
                                    + " aggregate, for example with sum(), or let the condition"
                                    + " read series")
                            .formatted(QUERY, series.size(), differing(series)));
        }
        if (Double.isNaN(series.getFirst().getValue())) {
            return Finding.unclear(
                    "the query yields no number (NaN): %s divides 0 by 0, or there are no values yet"
                            .formatted(QUERY));
        }
        return conditions.judge(
                pair,
                facts.setValue(series.getFirst().getValue())
                        .addAllValues(series.getFirst().getValuesList())
                        .build());
    }

    /** By which labels they differ: what an aggregation would take away. */
    private static String differing(List<MetricSeries> series) {
        Set<String> names = new TreeSet<>();
        series.forEach(one -> names.addAll(one.getLabelsMap().keySet()));
        names.removeIf(name ->
                series.stream().map(one -> one.getLabelsOrDefault(name, "")).distinct().count()
                        == 1);
        return names.isEmpty() ? "" : ", which differ in " + String.join(", ", names);
    }
}
