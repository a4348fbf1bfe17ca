package dev.drover.gateway.plan;

import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import dev.drover.v1.PlanOrBuilder;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Phases and steps of what changes running jobs and brings no release. */
final class LiveTexts {
    private static final Duration STOP = Duration.ofMinutes(5);

    private LiveTexts() {}

    /**
     * Registers a job with other counts.
     *
     * @param counts which ones
     */
    static PlannedPhase scale(RenderedJob job, String counts) {
        Duration longest =
                JobGroup.all(job.spec()).stream()
                        .map(JobGroup::progressDeadline)
                        .max(Duration::compareTo)
                        .orElse(STOP);
        return PhasePlan.phase("scale", Kind.REGISTER, longest)
                .setSummary(
                        "register it with other counts: %s; Nomad places what is missing and stops what is too much"
                                .formatted(counts))
                .setAbort("the new counts stay; scale it again")
                .build();
    }

    private static boolean count(String path) {
        return path.startsWith("group.") && path.endsWith(".count");
    }

    /** {@code group "web" from 2 to 4}. */
    private static String counts(FieldChange field) {
        String group =
                field.getPath()
                        .substring("group.".length(), field.getPath().length() - ".count".length());
        return "group \"%s\" from %s to %s"
                .formatted(group, field.getOldValue(), field.getNewValue());
    }

    static PlannedPhase restart(List<JobGroup> groups) {
        String pace =
                groups.stream()
                        .map(group ->
                                "%d of group \"%s\""
                                        .formatted(Math.max(1, group.maxParallel()), group.name()))
                        .collect(Collectors.joining(", "));
        return PhasePlan.phase("restart", Kind.RESTART, Duration.ZERO)
                .setSummary(
                        "restart running allocations where they are, %s at a time; each must run again before the next"
                                .formatted(pace))
                .setAbort("those that were restarted run; the others are left alone")
                .build();
    }

    static List<String> restarted(PlanOrBuilder plan) {
        List<String> steps = PlanSteps.jobs(plan);
        steps.add("the jobs stay as they are: no version, no deployment, no new allocation");
        steps.add("if an allocation does not come back: stop and leave the others alone");
        return steps;
    }

    static PlannedPhase stop() {
        return PhasePlan.phase("stop", Kind.STOP, STOP)
                .setSummary(
                        "stop it and wait until nothing of it runs, %s at most"
                                .formatted(DeclaredTime.text(STOP)))
                .setAbort("it stays stopped; a release or a rollback starts it again")
                .build();
    }

    static List<String> scaled(PlanOrBuilder plan) {
        List<String> steps = PlanSteps.jobs(plan);
        steps.add("if a job fails: stop and leave it with the new counts");
        steps.add("the next release brings the counts of its jobspec again");
        return steps;
    }

    static List<String> stopped(PlanOrBuilder plan) {
        List<String> steps = new ArrayList<>();
        if (plan.getJobsList().stream().mapToInt(JobPlan::getWave).distinct().count() > 1) {
            steps.add("the waves go in reverse order: what was started last is stopped first");
        }
        steps.addAll(PlanSteps.jobs(plan));
        steps.add(
                "nothing serves then; the jobs stay in Nomad, and a release or a rollback starts them again");
        return steps;
    }

    /** What a release does to counts that somebody changed since; nothing where it keeps them. */
    static List<String> takenBack(JobPlan job) {
        return job.getChange() == JobPlan.Change.CHANGED
                ? job.getFieldChangesList().stream()
                        .filter(field -> count(field.getPath()))
                        .filter(field -> field.getType() == FieldChange.Type.EDITED)
                        .map(LiveTexts::counts)
                        .toList()
                : List.of();
    }
}
