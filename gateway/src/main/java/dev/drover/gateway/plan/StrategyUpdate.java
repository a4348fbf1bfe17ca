package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.v1.Strategy;

/**
 * The strategy's part of the update block. Nomad never promotes canaries and never reverts by
 * itself: Drover does both, so that there is one story of what happened.
 */
final class StrategyUpdate {

    private StrategyUpdate() {}

    /**
     * A copy with the strategy's update block.
     *
     * @throws dev.drover.gateway.error.GatewayException JOBSPEC_INVALID where the job cannot be
     *     rolled out in this way
     */
    static ObjectNode apply(ObjectNode job, Strategy strategy, JobspecProblem problem) {
        return switch (strategy.getKindCase()) {
            case CANARY -> canary(job, strategy.getCanary().getCount(), problem);
            case ROLLING, KIND_NOT_SET ->
                    with(job, new Block(0, strategy.getRolling().getMaxParallel()));
        };
    }

    /**
     * A copy for a rollback: no canaries, because Nomad would hold the allocations of a version
     * that is known to be good until somebody promotes them.
     */
    static ObjectNode restored(ObjectNode job) {
        return with(job, new Block(0, 0));
    }

    private static ObjectNode canary(ObjectNode job, int count, JobspecProblem problem) {
        JobType type = JobType.of(job);
        if (!type.canaries()) {
            String why =
                    type.type().equals("system") && type.launches().isEmpty()
                            ? "Nomad takes the canaries of system jobs as a percentage"
                            : "Nomad makes no deployments for them";
            throw problem.invalid(
                    "a %s job cannot be rolled out with canaries, because %s; use the rolling strategy for this stage"
                            .formatted(type, why));
        }
        return with(job, new Block(count, 0));
    }

    /**
     * The fields that the strategy owns.
     *
     * @param maxParallel 0: as the job or the environment says
     */
    private record Block(int canary, int maxParallel) {
        void write(ObjectNode update) {
            update.put("Canary", canary).put("AutoPromote", false).put("AutoRevert", false);
            if (maxParallel > 0) {
                update.put("MaxParallel", maxParallel);
            }
        }
    }

    private static ObjectNode with(ObjectNode job, Block block) {
        ObjectNode copy = job.deepCopy();
        if (!JobType.of(job).updates()) {
            return copy;
        }
        block.write(copy.withObjectProperty("Update"));
        for (JsonNode group : copy.path("TaskGroups")) {
            // A group's own block wins over the job's in Nomad.
            if (group.path("Update") instanceof ObjectNode update) {
                block.write(update);
            }
        }
        return copy;
    }
}
