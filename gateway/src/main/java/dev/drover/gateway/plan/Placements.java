package dev.drover.gateway.plan;

import dev.drover.v1.PlacementFailure;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Why groups cannot be placed, in Nomad's counts and in one line. */
final class Placements {

    private static final String MISSING_DRIVERS = "missing drivers";

    private Placements() {}

    static PlacementFailure failure(
            String group,
            dev.drover.gateway.cluster.PlacementFailure failure,
            String drivers,
            Redaction redaction) {
        PlacementFailure.Builder told = PlacementFailure.newBuilder();
        // A constraint's text holds the value that it asks for.
        failure.constraintFiltered()
                .forEach((text, nodes) ->
                        told.putConstraintFiltered(redaction.sentence(text), nodes));
        return told.setGroup(group)
                .setNodesEvaluated(failure.nodes().evaluated())
                .setNodesFiltered(failure.nodes().filtered())
                .setNodesExhausted(failure.nodes().exhausted())
                .putAllDimensionExhausted(failure.dimensionExhausted())
                .setMessage(redaction.sentence(line(group, failure, drivers)))
                .build();
    }

    private static String line(
            String group, dev.drover.gateway.cluster.PlacementFailure failure, String drivers) {
        StringJoiner why = new StringJoiner(", ");
        var nodes = failure.nodes();
        if (nodes.evaluated() == 0) {
            why.add("no node is in the job's datacenters and node pool");
        }
        if (nodes.filtered() > 0) {
            why.add(
                    "%d of %d nodes ruled out%s"
                            .formatted(
                                    nodes.filtered(),
                                    nodes.evaluated(),
                                    counts(named(failure, drivers), failure.classFiltered())));
        }
        if (nodes.exhausted() > 0) {
            why.add(
                    "%d of %d nodes without room%s"
                            .formatted(
                                    nodes.exhausted(),
                                    nodes.evaluated(),
                                    counts(failure.dimensionExhausted(), Map.of())));
        }
        failure.quotaExhausted().forEach(quota -> why.add("quota reached: " + quota));
        return "group \"%s\": no place for %d %s: %s"
                .formatted(
                        group,
                        failure.allocations(),
                        failure.allocations() == 1 ? "allocation" : "allocations",
                        why);
    }

    /** Nomad does not say which drivers are missing; those that the group uses are told instead. */
    private static Map<String, Long> named(
            dev.drover.gateway.cluster.PlacementFailure failure, String drivers) {
        Map<String, Long> named = new TreeMap<>();
        failure.constraintFiltered()
                .forEach((what, nodes) ->
                        named.put(
                                what.equals(MISSING_DRIVERS)
                                        ? what + " (the group uses " + drivers + ")"
                                        : what,
                                nodes));
        return named;
    }

    private static String counts(Map<String, Long> counts, Map<String, Long> more) {
        Map<String, Long> all = new TreeMap<>(counts);
        all.putAll(more);
        StringJoiner text = new StringJoiner(", ", " (", ")").setEmptyValue("");
        all.forEach((what, count) -> text.add(what + ": " + count));
        return text.toString();
    }
}
