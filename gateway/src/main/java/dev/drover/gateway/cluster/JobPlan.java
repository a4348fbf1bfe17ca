package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What registering a job would do, by Nomad's scheduler. It is one scheduler pass: with {@code
 * max_parallel = 1} an edited group of three shows one destructive update and two ignored.
 *
 * @param diff Nomad's structured diff ({@code Type} None, Added, Deleted or Edited, then fields,
 *     groups, tasks)
 * @param desiredUpdates by group name
 * @param placementFailures by group name; empty = everything can be placed
 * @param warnings Nomad's remarks, "" for none
 * @param jobModifyIndex of the job now, 0 = there is none; the index to enforce when registering
 */
public record JobPlan(
        ObjectNode diff,
        Map<String, DesiredUpdates> desiredUpdates,
        Map<String, PlacementFailure> placementFailures,
        String warnings,
        long jobModifyIndex) {

    public JobPlan {
        desiredUpdates = Map.copyOf(desiredUpdates);
        placementFailures = Map.copyOf(placementFailures);
    }

    /**
     * None, Added, Deleted or Edited; None although updates are planned means that only the token
     * differs.
     */
    public String diffType() {
        return diff.path("Type").asText("");
    }
}
