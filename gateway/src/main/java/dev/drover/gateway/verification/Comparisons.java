package dev.drover.gateway.verification;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.ComparisonMeasurement;
import java.time.Instant;
import java.util.List;

/** Measures by comparing a metric of the new allocations with that of the old ones. */
final class Comparisons {
    private static final int SAMPLES_MIN = 10;

    private final Outbound outbound;
    private final Conditions conditions;
    private final Allocations allocations;

    Comparisons(Outbound outbound, Conditions conditions, Allocations allocations) {
        this.outbound = outbound;
        this.conditions = conditions;
        this.allocations = allocations;
    }

    Finding measure(Subject subject, ComparisonMeasurement declared, Instant now) {
        List<Allocation> fresh = allocations.fresh(subject);
        Allocations.Old old = allocations.old(subject);
        String canary = query(subject, declared, fresh);
        String stable = query(subject, declared, old.allocations());
        return compare(subject, declared, new Sides(fresh, canary, old, stable), now)
                .asking("canary: " + canary + "\nstable: " + stable);
    }

    private record Sides(
            List<Allocation> fresh, String canary, Allocations.Old old, String stable) {}

    private Finding compare(
            Subject subject, ComparisonMeasurement declared, Sides sides, Instant now) {
        if (sides.fresh().isEmpty()) {
            return Finding.unclear("no allocation of the new version is there");
        }
        if (sides.old().allocations().isEmpty()) {
            return Finding.unclear("no allocation of an old version is there to compare with");
        }
        PrometheusServer server =
                new PrometheusServer(
                        outbound,
                        "comparison.query",
                        subject.fill(declared.getAddress()),
                        declared.getHeadersList(),
                        declared.hasTimeout()
                                ? Times.duration(declared.getTimeout())
                                : MetricValues.TIMEOUT);
        // Old allocations that have ended are looked at as they were before the rollout.
        Instant stableEnd = sides.old().running() ? now : subject.rolloutStart();
        return switch (server.query(sides.canary(), declared.getRange(), now)) {
            case PrometheusReply.Useless useless -> useless.finding();
            case PrometheusReply.Series canary ->
                    switch (server.query(sides.stable(), declared.getRange(), stableEnd)) {
                        case PrometheusReply.Useless useless -> useless.finding();
                        case PrometheusReply.Series stable ->
                                judge(
                                        declared,
                                        PrometheusServer.values(canary.series()),
                                        PrometheusServer.values(stable.series()));
                    };
        };
    }

    private Finding judge(ComparisonMeasurement declared, double[] canary, double[] stable) {
        int floor = declared.getMinSamples() == 0 ? SAMPLES_MIN : declared.getMinSamples();
        if (canary.length < floor || stable.length < floor) {
            return Finding.unclear(
                    "too few values: %d of the new and %d of the old allocations, %d of each are needed"
                            .formatted(canary.length, stable.length, floor));
        }
        return conditions.judge(
                new Conditions.Pair(
                        "comparison",
                        declared.getSuccessCondition(),
                        declared.getFailureCondition()),
                MannWhitney.compare(canary, stable, declared.getWorse()));
    }

    private static String query(
            Subject subject, ComparisonMeasurement declared, List<Allocation> side) {
        return subject.fill(declared.getQuery(), name -> Allocations.pattern(side));
    }
}
