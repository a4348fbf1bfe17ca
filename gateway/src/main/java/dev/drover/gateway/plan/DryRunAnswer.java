package dev.drover.gateway.plan;

import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobPlan.Change;
import dev.drover.v1.TaskFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Nomad's dry run says of one job, as a message of the API. */
final class DryRunAnswer {

    private DryRunAnswer() {}

    static JobPlan.Builder plan(
            RenderedJob job,
            List<String> baselineChanges,
            dev.drover.gateway.cluster.JobPlan answer,
            Redaction redaction) {
        JobPlan.Builder plan =
                JobPlan.newBuilder()
                        .setJob(job.id())
                        .setWave(job.wave())
                        .setChange(change(answer))
                        .setRenderedDigest(
                                CanonicalJson.digest(
                                        job.kept().preserveCounts()
                                                ? LiveCounts.withoutCounts(job.spec())
                                                : job.spec()))
                        .setSpecDigest(job.specDigest())
                        .addAllFieldChanges(DiffFields.of(answer.diff(), redaction))
                        .addAllBaselineChanges(baselineChanges)
                        .setWarnings(warnings(answer, redaction))
                        .setJobModifyIndex(answer.jobModifyIndex())
                        .addAllTasks(TaskFactsOf.job(job.spec(), redaction))
                        .setResources(ResourceFactsOf.changed(job.spec(), answer.diff()));
        new TreeMap<>(answer.desiredUpdates())
                .forEach((group, updates) -> plan.putDesiredUpdates(group, updates(updates)));
        new TreeMap<>(answer.placementFailures())
                .forEach((group, failure) ->
                        plan.addPlacementFailures(
                                Placements.failure(
                                        group, failure, drivers(plan, group), redaction)));
        return plan;
    }

    private static String drivers(JobPlan.Builder plan, String group) {
        return plan.getTasksList().stream()
                .filter(task -> task.getGroup().equals(group))
                .map(TaskFacts::getDriver)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Change change(dev.drover.gateway.cluster.JobPlan answer) {
        return switch (answer.diffType()) {
            case "None" -> Change.NONE;
            case "Added" -> Change.CREATED;
            default -> Change.CHANGED;
        };
    }

    private static String warnings(dev.drover.gateway.cluster.JobPlan answer, Redaction redaction) {
        String warnings = redaction.sentence(answer.warnings());
        if (change(answer) != Change.NONE || inPlace(answer.desiredUpdates()) == 0) {
            return warnings;
        }
        String note =
                "nothing changes in the job; Nomad would make a version of it only because another token registered"
                        + " it, so it is left as it is";
        return warnings.isEmpty() ? note : warnings.stripTrailing() + "\n" + note;
    }

    private static long inPlace(Map<String, dev.drover.gateway.cluster.DesiredUpdates> updates) {
        return updates.values().stream()
                .mapToLong(dev.drover.gateway.cluster.DesiredUpdates::inPlaceUpdate)
                .sum();
    }

    private static DesiredUpdates updates(dev.drover.gateway.cluster.DesiredUpdates updates) {
        return DesiredUpdates.newBuilder()
                .setIgnore(updates.ignore())
                .setPlace(updates.place())
                .setMigrate(updates.migrate())
                .setStop(updates.stop())
                .setInPlaceUpdate(updates.inPlaceUpdate())
                .setDestructiveUpdate(updates.destructiveUpdate())
                .setCanary(updates.canary())
                .build();
    }
}
