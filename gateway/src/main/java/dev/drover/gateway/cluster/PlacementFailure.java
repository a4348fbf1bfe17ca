package dev.drover.gateway.cluster;

import java.util.List;
import java.util.Map;

/**
 * Why allocations of one group found no node, in Nomad's own counts.
 *
 * @param constraintFiltered nodes ruled out, by constraint text ("missing drivers", "${meta.zone} =
 *     z9")
 * @param classFiltered nodes ruled out, by node class
 * @param dimensionExhausted nodes that were too full, by dimension (cpu, memory)
 * @param quotaExhausted quota limits hit
 * @param allocations how many allocations could not be placed
 */
public record PlacementFailure(
        NodeCounts nodes,
        Map<String, Long> constraintFiltered,
        Map<String, Long> classFiltered,
        Map<String, Long> dimensionExhausted,
        List<String> quotaExhausted,
        long allocations) {

    public PlacementFailure {
        constraintFiltered = Map.copyOf(constraintFiltered);
        classFiltered = Map.copyOf(classFiltered);
        dimensionExhausted = Map.copyOf(dimensionExhausted);
        quotaExhausted = List.copyOf(quotaExhausted);
    }

    /**
     * Nodes that the scheduler looked at.
     *
     * @param available by datacenter
     */
    public record NodeCounts(
            long inPool,
            long evaluated,
            long filtered,
            long exhausted,
            Map<String, Long> available) {
        public NodeCounts {
            available = Map.copyOf(available);
        }
    }
}
