package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides what follows for a job for which Nomad makes no deployment: batch, periodic,
 * parameterized, or a service without an update block.
 */
final class PlainJobRules {
    private final String promotion;
    private final RolloutLimits limits;

    PlainJobRules(String promotion, RolloutLimits limits) {
        this.promotion = promotion;
        this.limits = limits;
    }

    PhaseStep decide(Phase phase, PhaseNotes notes, JobSight sight, Instant now) {
        RunningJob job = sight.job().orElseThrow();
        if (!job.spec().path("Periodic").isMissingNode() && !job.spec().path("Periodic").isNull()) {
            return done(phase, notes, "registered; Nomad starts it by its schedule", now);
        }
        if (job.spec().path("ParameterizedJob").isObject()) {
            return done(phase, notes, "registered; it runs when it is dispatched", now);
        }
        if (scheduling(phase, sight) || deploymentComes(job, sight)) {
            return waiting(phase, notes, sight, now);
        }
        return byAllocations(phase, notes, sight, job, now);
    }

    private PhaseStep byAllocations(
            Phase phase, PhaseNotes notes, JobSight sight, RunningJob job, Instant now) {
        List<Allocation> ours =
                sight.allocations().stream()
                        .filter(one -> one.jobVersion() == phase.getJobVersion())
                        .toList();
        long good = ours.stream().filter(PlainJobRules::good).count();
        long wanted = wanted(job, ours);
        if (good >= wanted && Explanations.placement(sight.evaluation()).isEmpty()) {
            return done(
                    phase,
                    notes,
                    good + " allocations running or complete; Nomad makes no deployment for it",
                    now);
        }
        if ("dead".equals(job.status())
                && ours.stream().anyMatch(one -> one.state().client() == ClientStatus.FAILED)) {
            return PhaseStep.failed(
                    phase,
                    notes,
                    FailureCause.UNHEALTHY,
                    "allocations failed" + Explanations.badAllocation(ours, phase.getJobVersion()),
                    now);
        }
        return waiting(phase, notes, sight, now);
    }

    private PhaseStep waiting(Phase phase, PhaseNotes notes, JobSight sight, Instant now) {
        Duration allowed = limits.placedBy(Duration.ZERO);
        Instant by = Times.instant(phase.getStartTime()).plus(allowed);
        String why = Explanations.placement(sight.evaluation());
        if (now.isBefore(by)) {
            return PhaseStep.stay(phase, notes, why.isEmpty() ? "waits for Nomad" : why);
        }
        boolean placed =
                sight.allocations().stream()
                        .anyMatch(one -> one.jobVersion() == phase.getJobVersion());
        return PhaseStep.failed(
                phase,
                notes,
                placed ? FailureCause.DEADLINE_EXCEEDED : FailureCause.PLACEMENT_FAILED,
                (placed ? "not running within " : "nothing was placed within ")
                        + allowed.toSeconds()
                        + " s"
                        + (why.isEmpty() ? "" : ": " + why)
                        + Explanations.badAllocation(sight.allocations(), phase.getJobVersion()),
                now);
    }

    private static boolean scheduling(Phase phase, JobSight sight) {
        return !phase.getEvaluationId().isEmpty()
                && sight.evaluation().isPresent()
                && !sight.evaluation().get().ended();
    }

    /**
     * Whether a deployment is on its way: the evaluation says so, or, where the evaluation is not
     * known, the kind of job does.
     */
    private static boolean deploymentComes(RunningJob job, JobSight sight) {
        if (sight.evaluation().filter(Evaluation::ended).isPresent()) {
            return sight.evaluation().get().deploymentId().isPresent();
        }
        if (!"service".equals(job.type())) {
            return false;
        }
        for (JsonNode group : job.spec().path("TaskGroups")) {
            if (group.path("Count").asLong() > 0
                    && group.path("Update").path("MaxParallel").asLong() > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean good(Allocation one) {
        return one.state().client() == ClientStatus.RUNNING
                || one.state().client() == ClientStatus.COMPLETE;
    }

    /** How many allocations the job asks for; of a system job, those that Nomad placed. */
    private static long wanted(RunningJob job, List<Allocation> ours) {
        if (job.type().startsWith("sys")) {
            return Math.max(1, ours.size());
        }
        long count = 0;
        for (JsonNode group : job.spec().path("TaskGroups")) {
            count += group.path("Count").asLong();
        }
        return count;
    }

    private PhaseStep done(Phase phase, PhaseNotes notes, String message, Instant now) {
        return DeploymentRules.completed(promotion, phase, notes, message, now);
    }
}
