package dev.drover.gateway.plan;

import dev.drover.v1.JobPlan;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Strategy;
import java.util.ArrayList;
import java.util.List;

/** What the rollout will do, line by line: the phases of all jobs, and what follows a failure. */
final class PlanSteps {

    private PlanSteps() {}

    static List<String> of(List<JobPlan> jobs, Strategy strategy) {
        boolean automatic = !strategy.hasAutomaticRollback() || strategy.getAutomaticRollback();
        return steps(
                jobs,
                automatic
                        ? "if a job fails: roll back to the last good release by itself"
                        : "if a job fails: stop and leave it as it is");
    }

    /** Of a rollback: jobs go in as they were, without canaries. */
    static List<String> restored(List<JobPlan> jobs) {
        return steps(jobs, "a rollback that fails is not rolled back");
    }

    private static List<String> steps(List<JobPlan> jobs, String last) {
        List<String> steps = new ArrayList<>();
        for (JobPlan job : jobs) {
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
            }
        }
        steps.add(last);
        return steps;
    }
}
