package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The strategy's part of the update block. Nomad never promotes canaries and never reverts by
 * itself: Drover does both, so that there is one story of what happened.
 */
final class StrategyUpdate {

    private StrategyUpdate() {}

    /**
     * A copy with the strategy's update block.
     *
     * @param declared the jobspec before anything was laid over it
     * @throws dev.drover.gateway.error.GatewayException JOBSPEC_INVALID where the job cannot be
     *     rolled out in this way, or its update block wants something else than the strategy
     */
    static ObjectNode apply(
            ObjectNode job, ObjectNode declared, PlacedStrategy placed, JobspecProblem problem) {
        Strategy strategy = placed.strategy();
        ObjectNode copy = job.deepCopy();
        JobType type = JobType.of(copy);
        refuse(type, placed, problem);
        if (!type.updates()) {
            return copy;
        }
        owned(copy, strategy.getRolling().getMaxParallel());
        List<JobGroup> groups = JobGroup.all(copy);
        List<JobGroup> before = JobGroup.all(declared);
        for (int i = 0; i < groups.size(); i++) {
            canaries(groups.get(i), type, strategy);
            deadline(groups.get(i), before.get(i), strategy);
        }
        UpdateConflicts.refuse(before, groups, placed, problem);
        return copy;
    }

    /**
     * A copy for a rollback: no canaries, because Nomad would hold the allocations of a version
     * that is known to be good until somebody promotes them.
     */
    static ObjectNode restored(ObjectNode job, Map<String, Long> progressDeadlines) {
        ObjectNode copy = job.deepCopy();
        if (!JobType.of(job).updates()) {
            return copy;
        }
        owned(copy, 0);
        for (JobGroup group : JobGroup.all(copy)) {
            Long before = progressDeadlines.get(group.name());
            if (before != null) {
                group.spec().withObjectProperty("Update").put("ProgressDeadline", before);
            }
        }
        return copy;
    }

    /** The progress deadlines that the strategy raises, as they were, by group. */
    static Map<String, Long> raised(ObjectNode job, ObjectNode declared, Strategy strategy) {
        Map<String, Long> before = new TreeMap<>();
        List<JobGroup> groups = JobGroup.all(job);
        for (int i = 0; i < groups.size(); i++) {
            if (raises(JobGroup.all(declared).get(i), strategy)) {
                before.put(groups.get(i).name(), groups.get(i).progressDeadline().toNanos());
            }
        }
        return before;
    }

    private static void refuse(JobType type, PlacedStrategy placed, JobspecProblem problem) {
        Strategy strategy = placed.strategy();
        String whose = placed.declared();
        if (strategy.hasBlueGreen() && !type.canaries()) {
            throw problem.invalid(
                    "a %s job cannot be rolled out blue_green%s, because Nomad places no second set of it; declare another strategy for this job or stage"
                            .formatted(type, whose));
        }
        if (!strategy.hasCanary() || type.canaries()) {
            return;
        }
        List<CanarySteps.Step> steps = CanarySteps.of(strategy.getCanary());
        boolean system = type.type().equals("system") && type.launches().isEmpty();
        if (!system) {
            throw problem.invalid(
                    "a %s job cannot be rolled out with canaries%s, because Nomad makes no deployments for them; declare another strategy for this job or stage"
                            .formatted(type, whose));
        }
        if (steps.size() > 2 || steps.getFirst().percent() == 0) {
            throw problem.invalid(
                    "a system job takes one canary step before all, and as a percentage%s, because Nomad counts its canaries in percent of the nodes and cannot hold it later; declare one step with percent"
                            .formatted(whose));
        }
    }

    private static void canaries(JobGroup group, JobType type, Strategy strategy) {
        long canaries =
                switch (strategy.getKindCase()) {
                    case CANARY -> {
                        CanarySteps.Step first = CanarySteps.of(strategy.getCanary()).getFirst();
                        yield type.type().equals("system") ? first.percent() : first.share(group);
                    }
                    case BLUE_GREEN -> group.count();
                    case ROLLING, RECREATE, KIND_NOT_SET -> 0;
                };
        if (canaries > 0) {
            // As an int, which is what reading it back gives.
            group.spec().withObjectProperty("Update").put("Canary", Math.toIntExact(canaries));
        }
    }

    /**
     * A paused deployment fails at its progress deadline, so that must be longer than the pause.
     */
    private static void deadline(JobGroup group, JobGroup declared, Strategy strategy) {
        if (raises(declared, strategy)) {
            Duration pause = CanarySteps.longestPause(strategy);
            group.spec()
                    .withObjectProperty("Update")
                    .put("ProgressDeadline", group.progressDeadline().plus(pause).toNanos());
        }
    }

    private static boolean raises(JobGroup declared, Strategy strategy) {
        return CanarySteps.longestPause(strategy).isPositive()
                && !declared.update("ProgressDeadline").isNumber();
    }

    private static void owned(ObjectNode job, int maxParallel) {
        own(job.withObjectProperty("Update"), maxParallel);
        for (JsonNode group : job.path("TaskGroups")) {
            // A group's own block wins over the job's in Nomad.
            if (group.path("Update") instanceof ObjectNode update) {
                own(update, maxParallel);
            }
        }
    }

    private static void own(ObjectNode update, int maxParallel) {
        update.put("Canary", 0).put("AutoPromote", false).put("AutoRevert", false);
        if (maxParallel > 0) {
            update.put("MaxParallel", maxParallel);
        }
    }
}
