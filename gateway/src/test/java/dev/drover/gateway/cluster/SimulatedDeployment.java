package dev.drover.gateway.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One deployment on the simulated Nomad. */
final class SimulatedDeployment {

    /** Progress in one group. */
    static final class Progress {
        final SimulatedSpec.Group group;
        final int desiredCanaries;
        final List<String> placedCanaries = new ArrayList<>();
        boolean promoted;
        int placed;
        int healthy;
        int unhealthy;
        Optional<Instant> requireProgressBy = Optional.empty();

        Progress(SimulatedSpec.Group group, int desiredCanaries) {
            this.group = group;
            this.desiredCanaries = desiredCanaries;
        }

        boolean awaitsPromotion() {
            return desiredCanaries > 0 && !promoted;
        }

        private DeploymentGroup view() {
            return new DeploymentGroup(
                    group.update().autoRevert(),
                    promoted,
                    desiredCanaries,
                    placedCanaries,
                    new DeploymentGroup.Counts(group.count(), placed, healthy, unhealthy),
                    group.update().progressDeadline(),
                    requireProgressBy);
        }
    }

    final String id;
    final DeployedJob job;
    final Map<String, Progress> groups = new LinkedHashMap<>();
    DeploymentStatus status = DeploymentStatus.RUNNING;
    private String ending = "";
    long modifyIndex;

    SimulatedDeployment(String id, DeployedJob job) {
        this.id = id;
        this.job = job;
    }

    boolean active() {
        return !status.ended();
    }

    boolean awaitsPromotion() {
        return active() && groups.values().stream().anyMatch(Progress::awaitsPromotion);
    }

    void end(DeploymentStatus with, String description) {
        status = with;
        ending = description;
    }

    JobDeployment view() {
        String description =
                !active()
                        ? ending
                        : status == DeploymentStatus.PAUSED
                                ? "Deployment is paused"
                                : awaitsPromotion()
                                        ? "Deployment is running but requires manual promotion"
                                        : "Deployment is running";
        Map<String, DeploymentGroup> views =
                groups.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().view()));
        return new JobDeployment(id, job, status, description, views, modifyIndex);
    }
}
