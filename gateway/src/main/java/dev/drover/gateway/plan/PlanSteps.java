package dev.drover.gateway.plan;

import dev.drover.v1.JobPlan;
import dev.drover.v1.PlanOrBuilder;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedVerification;
import dev.drover.v1.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the rollout will do, line by line: the phases of all jobs, and what follows a failure. */
final class PlanSteps {

    private PlanSteps() {}

    static List<String> of(PlanOrBuilder plan, Strategy strategy) {
        String failing =
                plan.getVerificationsCount() == 0
                        ? "if a job fails"
                        : "if a job or a verification fails";
        return steps(
                plan,
                failing
                        + switch (strategy.getOnFailure()) {
                            case HOLD ->
                                    ": stop, leave it as it is, and hold the lane until a person retries, aborts or cancels";
                            case HALT -> ": stop and leave it as it is";
                            case ROLLBACK, ON_FAILURE_UNSPECIFIED, UNRECOGNIZED ->
                                    ": roll back to the last good release by itself";
                        });
    }

    /** Of a rollback: jobs go in as they were, without canaries, the last wave first. */
    static List<String> restored(PlanOrBuilder plan) {
        List<String> steps = new ArrayList<>();
        if (plan.getJobsList().stream().mapToInt(JobPlan::getWave).distinct().count() > 1) {
            steps.add("the waves go in reverse order: what came last goes back first");
        }
        steps.addAll(steps(plan, "if a job fails: stop and say so; a rollback is not rolled back"));
        return steps;
    }

    private static List<String> steps(PlanOrBuilder plan, String last) {
        List<String> steps = jobs(plan);
        measured(plan, "").map("after the rollout: verification "::concat).forEach(steps::add);
        for (JobPlan job : plan.getJobsList()) {
            LiveTexts.takenBack(job).stream()
                    .map(count ->
                            "the count of job \"%s\" changes with this: %s"
                                    .formatted(job.getJob(), count))
                    .forEach(steps::add);
        }
        steps.add(last);
        return steps;
    }

    /** Phase by phase. */
    static List<String> jobs(PlanOrBuilder plan) {
        List<String> steps = new ArrayList<>();
        for (JobPlan job : plan.getJobsList()) {
            String where = "wave %d: job \"%s\"".formatted(job.getWave(), job.getJob());
            if (job.getPhasesCount() == 0) {
                steps.add(where + " is unchanged and skipped");
            }
            for (PlannedPhase phase : job.getPhasesList()) {
                steps.add(
                        "%s, %s: %s; an abort here: %s"
                                .formatted(
                                        where,
                                        phase.getId(),
                                        phase.getSummary(),
                                        phase.getAbort()));
                measured(plan, PlannedVerifications.key(job, phase))
                        .map(what -> "%s, %s: %s".formatted(where, phase.getId(), what))
                        .forEach(steps::add);
            }
        }
        return steps;
    }

    private static Stream<String> measured(PlanOrBuilder plan, String phase) {
        return plan.getVerificationsList().stream()
                .filter(one -> one.getPhase().equals(phase))
                .map(PlannedVerification::getSummary);
    }
}
