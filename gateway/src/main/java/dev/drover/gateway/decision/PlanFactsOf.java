package dev.drover.gateway.decision;

import dev.drover.policy.ImageReference;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import dev.drover.v1.PlanFacts;
import dev.drover.v1.ResourceFacts;
import dev.drover.v1.TaskFacts;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** What rules see of a plan. */
final class PlanFactsOf {

    private PlanFactsOf() {}

    static PlanFacts plan(Plan plan) {
        List<DesiredUpdates> updates =
                plan.getJobsList().stream()
                        .map(job -> job.getDesiredUpdatesMap().values())
                        .flatMap(Collection::stream)
                        .toList();
        List<TaskFacts> tasks =
                plan.getJobsList().stream().flatMap(job -> job.getTasksList().stream()).toList();
        return PlanFacts.newBuilder()
                .setPlace(sum(updates, DesiredUpdates::getPlace))
                .setInPlaceUpdates(sum(updates, DesiredUpdates::getInPlaceUpdate))
                .setDestructiveUpdates(sum(updates, PlanFactsOf::replaced))
                .setCanaries(sum(updates, DesiredUpdates::getCanary))
                .setStop(sum(updates, DesiredUpdates::getStop))
                .setPlacementFailures(
                        plan.getJobsList().stream()
                                .mapToLong(JobPlan::getPlacementFailuresCount)
                                .sum())
                .addAllChangedPaths(
                        plan.getJobsList().stream()
                                .flatMap(job -> job.getFieldChangesList().stream())
                                .map(FieldChange::getPath)
                                .distinct()
                                .toList())
                .addAllDrivers(
                        tasks.stream().map(TaskFacts::getDriver).distinct().sorted().toList())
                .addAllImages(PlannedImages.of(plan).stream().map(ImageReference::facts).toList())
                .addAllTasks(tasks)
                .addAllCreatedJobs(
                        plan.getJobsList().stream()
                                .filter(job -> job.getChange() == JobPlan.Change.CREATED)
                                .map(JobPlan::getJob)
                                .toList())
                .setResources(resources(plan))
                .addAllUnplaced(
                        plan.getJobsList().stream()
                                .flatMap(job -> job.getPlacementFailuresList().stream())
                                .toList())
                .build();
    }

    private static ResourceFacts resources(Plan plan) {
        List<ResourceFacts> jobs = plan.getJobsList().stream().map(JobPlan::getResources).toList();
        return ResourceFacts.newBuilder()
                .setCpuBefore(total(jobs, ResourceFacts::getCpuBefore))
                .setCpuAfter(total(jobs, ResourceFacts::getCpuAfter))
                .setMemoryMbBefore(total(jobs, ResourceFacts::getMemoryMbBefore))
                .setMemoryMbAfter(total(jobs, ResourceFacts::getMemoryMbAfter))
                .build();
    }

    private static long total(List<ResourceFacts> jobs, ToLongFunction<ResourceFacts> part) {
        return jobs.stream().mapToLong(part).sum();
    }

    /**
     * Allocations of a group that are replaced before the rollout is over. Nomad's dry run is one
     * scheduler pass: what has to wait for its turn, or for the canaries, is told as left alone.
     */
    private static long replaced(DesiredUpdates group) {
        boolean destructive = group.getDestructiveUpdate() > 0 || group.getCanary() > 0;
        return destructive ? group.getDestructiveUpdate() + group.getIgnore() : 0;
    }

    private static long sum(List<DesiredUpdates> updates, ToLongFunction<DesiredUpdates> part) {
        return updates.stream().mapToLong(part).sum();
    }
}
