package dev.drover.gateway.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * One scheduler pass over a job.
 *
 * @param status pending, blocked, complete, failed or canceled
 * @param deploymentId empty with a complete evaluation = this job has no deployment, follow its
 *     allocations
 * @param placementFailures by group name; a complete evaluation with some of these placed only a
 *     part
 * @param blockedEvaluation the evaluation that waits for room
 */
public record Evaluation(
        String id,
        String status,
        String description,
        String triggeredBy,
        Optional<String> deploymentId,
        Map<String, PlacementFailure> placementFailures,
        Optional<String> blockedEvaluation) {

    public Evaluation {
        placementFailures = Map.copyOf(placementFailures);
    }

    /** Whether the scheduler is done with it. */
    public boolean ended() {
        return switch (status) {
            case "complete", "failed", "canceled" -> true;
            default -> false;
        };
    }
}
