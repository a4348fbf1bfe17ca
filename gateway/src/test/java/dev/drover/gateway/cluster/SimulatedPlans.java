package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Dry runs; the diff names the job and its groups, not their fields. */
final class SimulatedPlans {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SimulatedPlans() {}

    static JobPlan plan(
            SimulatedScheduler scheduler,
            SimulatedJob job,
            SimulatedJob.Version wanted,
            boolean same) {
        boolean absent = job.versions.isEmpty();
        Map<String, DesiredUpdates> updates = new HashMap<>();
        Map<String, PlacementFailure> failures = new HashMap<>();
        ObjectNode diff = MAPPER.createObjectNode();
        diff.put("ID", job.id).put("Type", same ? "None" : absent ? "Added" : "Edited");
        ArrayNode groups = diff.putArray("TaskGroups");
        for (SimulatedPass pass : SimulatedScheduler.passes(job, wanted).values()) {
            String group = pass.group().name();
            updates.put(group, pass.view());
            scheduler.failure(wanted, pass).ifPresent(failure -> failures.put(group, failure));
            groups.addObject()
                    .put("Name", group)
                    .put("Type", same ? "None" : absent ? "Added" : "Edited");
        }
        long index = absent ? 0 : job.current().specIndex;
        return new JobPlan(diff, updates, failures, "", index);
    }
}
