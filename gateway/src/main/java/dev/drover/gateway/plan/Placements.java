package dev.drover.gateway.plan;

import dev.drover.v1.PlacementFailure;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Why groups cannot be placed, in Nomad's counts and in one line. */
final class Placements {

    private Placements() {}

    static PlacementFailure failure(
            String group,
            dev.drover.gateway.cluster.PlacementFailure failure,
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
                .setMessage(redaction.sentence(line(group, failure)))
                .build();
    }

    private static String line(String group, dev.drover.gateway.cluster.PlacementFailure failure) {
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
                                    counts(failure.constraintFiltered(), failure.classFiltered())));
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

    private static String counts(Map<String, Long> counts, Map<String, Long> more) {
        Map<String, Long> all = new TreeMap<>(counts);
        all.putAll(more);
        StringJoiner text = new StringJoiner(", ", " (", ")").setEmptyValue("");
        all.forEach((what, count) -> text.add(what + ": " + count));
        return text.toString();
    }
}
