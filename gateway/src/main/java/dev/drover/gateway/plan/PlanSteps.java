package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the rollout will do, in words that depend on nothing but the rendered jobs, the strategy and
 * the kind of change.
 */
final class PlanSteps {

    private PlanSteps() {}

    static List<String> of(List<JobPlan> jobs, Rendering rendering, Strategy strategy) {
        List<String> steps = new ArrayList<>();
        for (JobPlan job : jobs) {
            JsonNode spec =
                    rendering.job(job.getJob()).map(found -> (JsonNode) found.spec()).orElseThrow();
            steps.add("wave %d: %s".formatted(job.getWave(), step(job, spec, strategy)));
        }
        steps.add(afterFailure(strategy));
        return steps;
    }

    /** Of a rollback: jobs go in as they were, without canaries. */
    static List<String> restored(List<JobPlan> jobs, Rendering rendering) {
        List<String> steps = new ArrayList<>(of(jobs, rendering, Strategy.getDefaultInstance()));
        steps.set(steps.size() - 1, "a rollback that fails is not rolled back");
        return steps;
    }

    private static String step(JobPlan job, JsonNode spec, Strategy strategy) {
        String name = "job \"" + job.getJob() + "\"";
        return switch (job.getChange()) {
            case NONE -> name + " is unchanged and skipped";
            case CREATED -> "create " + name + ": " + created(spec, strategy);
            case CHANGED, CHANGE_UNSPECIFIED, UNRECOGNIZED ->
                    "change " + name + ": " + changed(spec, strategy);
        };
    }

    private static String created(JsonNode spec, Strategy strategy) {
        String placed = groups(spec);
        return strategy.hasCanary() ? placed + "; a first registration places no canaries" : placed;
    }

    private static String groups(JsonNode spec) {
        JobType type = JobType.of(spec);
        if (!type.launches().isEmpty()) {
            return "a " + type + " job, which places nothing by itself";
        }
        StringJoiner groups = new StringJoiner(", ");
        for (JsonNode group : spec.path("TaskGroups")) {
            groups.add(
                    type.type().startsWith("s") && !type.type().equals("service")
                            ? "group \"%s\" on every fitting node".formatted(name(group))
                            : "%d of group \"%s\""
                                    .formatted(group.path("Count").asLong(1), name(group)));
        }
        return "place " + groups;
    }

    private static String changed(JsonNode spec, Strategy strategy) {
        JobType type = JobType.of(spec);
        if (!type.updates() || !type.launches().isEmpty()) {
            return "replace it; a " + type + " job has no deployment to wait for";
        }
        if (!strategy.hasCanary()) {
            return "replace allocations %s at a time and wait for each to be healthy"
                    .formatted(maxParallel(spec));
        }
        int count = strategy.getCanary().getCount();
        String gate =
                strategy.getCanary().getPromotion() == CanaryPromotion.BY_HAND
                        ? "wait for a person to advance it"
                        : "promote when all are healthy";
        return "place %d %s in each group that changes, %s, then replace the rest %s at a time"
                .formatted(count, count == 1 ? "canary" : "canaries", gate, maxParallel(spec));
    }

    private static String maxParallel(JsonNode spec) {
        return spec.path("Update").path("MaxParallel").asText("1");
    }

    private static String afterFailure(Strategy strategy) {
        boolean automatic = !strategy.hasAutomaticRollback() || strategy.getAutomaticRollback();
        return automatic
                ? "if a job fails: roll back to the last good release by itself"
                : "if a job fails: stop and leave it as it is";
    }

    private static String name(JsonNode group) {
        return group.path("Name").asText();
    }
}
