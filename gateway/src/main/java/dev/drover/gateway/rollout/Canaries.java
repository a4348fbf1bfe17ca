package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.JobDeployment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The health of canaries by their allocations: Nomad's own counter never goes down, not even when a
 * healthy canary crashes.
 */
final class Canaries {
    private Canaries() {}

    /** Canaries of a group that are wanted, running and healthy now. */
    static int serving(DeploymentGroup group, List<Allocation> allocations) {
        Set<String> placed = Set.copyOf(group.placedCanaries());
        return (int)
                allocations.stream()
                        .filter(one -> placed.contains(one.id()) && one.serving())
                        .count();
    }

    /** Whether the canaries of some group are still to be promoted. */
    static boolean wait(JobDeployment deployment) {
        return deployment.groups().values().stream().anyMatch(DeploymentGroup::awaitsPromotion);
    }

    /** Whether all canaries were healthy at some time, by Nomad's counter. */
    static boolean wereHealthy(JobDeployment deployment) {
        return waiting(deployment).values().stream()
                .allMatch(group -> group.allocations().healthy() >= group.desiredCanaries());
    }

    /** Whether every group that waits for its canaries has all of them serving. */
    static boolean allServing(JobDeployment deployment, List<Allocation> allocations) {
        return waiting(deployment).values().stream()
                .allMatch(group -> serving(group, allocations) >= group.desiredCanaries());
    }

    /** Whether a canary ended that must not; Nomad does not replace one that was healthy before. */
    static boolean anyFailed(JobDeployment deployment, List<Allocation> allocations) {
        return waiting(deployment).values().stream()
                .flatMap(group -> group.placedCanaries().stream())
                .anyMatch(id ->
                        allocations.stream()
                                .anyMatch(one ->
                                        one.id().equals(id)
                                                && one.state().client() == ClientStatus.FAILED));
    }

    /** How many canaries serve, of how many, in all groups that wait. */
    static String counts(JobDeployment deployment, List<Allocation> allocations) {
        int wanted = 0;
        int serving = 0;
        for (DeploymentGroup group : waiting(deployment).values()) {
            wanted += group.desiredCanaries();
            serving += Math.min(group.desiredCanaries(), serving(group, allocations));
        }
        return serving + " of " + wanted + " canaries healthy";
    }

    private static Map<String, DeploymentGroup> waiting(JobDeployment deployment) {
        Map<String, DeploymentGroup> waiting = new TreeMap<>(deployment.groups());
        waiting.values().removeIf(group -> !group.awaitsPromotion());
        return waiting;
    }
}
