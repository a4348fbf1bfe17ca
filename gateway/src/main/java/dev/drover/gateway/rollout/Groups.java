package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.v1.GroupHealth;
import dev.drover.v1.Phase;

/** What a phase shows of its task groups. */
final class Groups {
    private Groups() {}

    static Phase shown(Phase phase, JobSight sight) {
        if (sight.deployment().isEmpty()) {
            return phase;
        }
        Phase.Builder shown = phase.toBuilder();
        sight.deployment()
                .get()
                .groups()
                .forEach((name, group) -> shown.putGroups(name, health(group, sight)));
        return shown.setDeploymentId(sight.deployment().get().id()).build();
    }

    private static GroupHealth health(DeploymentGroup group, JobSight sight) {
        return GroupHealth.newBuilder()
                .setDesired(group.allocations().desired())
                .setPlaced(group.allocations().placed())
                .setHealthy(group.allocations().healthy())
                .setUnhealthy(group.allocations().unhealthy())
                .setDesiredCanaries(group.desiredCanaries())
                .setHealthyCanaries(Canaries.serving(group, sight.allocations()))
                .setPromoted(group.promoted())
                .build();
    }
}
