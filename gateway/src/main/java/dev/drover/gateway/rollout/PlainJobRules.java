package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what follows for a job for which Nomad makes no deployment: batch, periodic,
 * parameterized, or a service without an update block.
 */
final class PlainJobRules {
    private PlainJobRules() {}

    static PhaseStep decide(PhaseView view) {
        RunningJob job = view.sight().job().orElseThrow();
        if (job.spec().hasNonNull("Periodic")) {
            return Tags.completed(view, "registered; Nomad starts it by its schedule");
        }
        if (job.spec().path("ParameterizedJob").isObject()) {
            return Tags.completed(view, "registered; it runs when it is dispatched");
        }
        if (scheduling(view) || deploymentComes(view, job)) {
            return waiting(view);
        }
        return byAllocations(view, job);
    }

    private static PhaseStep byAllocations(PhaseView view, RunningJob job) {
        List<Allocation> ours =
                view.sight().allocations().stream()
                        .filter(one -> one.jobVersion() == view.phase().getJobVersion())
                        .toList();
        long good = ours.stream().filter(one -> good(job, one)).count();
        long wanted = wanted(job, ours);
        if (good >= wanted && Explanations.placement(view.sight().evaluation()).isEmpty()) {
            return Tags.completed(
                    view,
                    good + " allocations running or complete; Nomad makes no deployment for it");
        }
        if ("dead".equals(job.status())
                && ours.stream().anyMatch(one -> one.state().client() == ClientStatus.FAILED)) {
            return view.failed(FailureCause.UNHEALTHY, "allocations failed" + view.bad());
        }
        return waiting(view);
    }

    private static PhaseStep waiting(PhaseView view) {
        Duration allowed = view.limits().placedBy(Duration.ZERO);
        Instant by = Times.instant(view.phase().getStartTime()).plus(allowed);
        String why = Explanations.placement(view.sight().evaluation());
        if (view.now().isBefore(by) || view.paused()) {
            return view.stay(why.isEmpty() ? "waits for Nomad" : why);
        }
        boolean placed =
                view.sight().allocations().stream()
                        .anyMatch(one -> one.jobVersion() == view.phase().getJobVersion());
        return view.failed(
                placed ? FailureCause.DEADLINE_EXCEEDED : FailureCause.PLACEMENT_FAILED,
                (placed ? "not running within " : "nothing was placed within ")
                        + allowed.toSeconds()
                        + " s"
                        + (why.isEmpty() ? "" : ": " + why)
                        + view.bad());
    }

    private static boolean scheduling(PhaseView view) {
        return !view.phase().getEvaluationId().isEmpty()
                && view.sight().evaluation().filter(one -> !one.ended()).isPresent();
    }

    /**
     * Whether a deployment is on its way: the evaluation says so, or, where the evaluation is not
     * known, the kind of job does.
     */
    private static boolean deploymentComes(PhaseView view, RunningJob job) {
        if (Forgotten.deployment(view)) {
            return false;
        }
        Optional<Evaluation> evaluation = view.sight().evaluation();
        if (evaluation.filter(Evaluation::ended).isPresent()) {
            return evaluation.get().deploymentId().isPresent();
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

    /** Only what is meant to end is good when it has. */
    private static boolean good(RunningJob job, Allocation one) {
        return job.type().endsWith("batch")
                ? one.state().client() == ClientStatus.RUNNING
                        || one.state().client() == ClientStatus.COMPLETE
                : Survivors.lives(one);
    }

    /** How many allocations the job asks for; of a system job, those that Nomad wants to run. */
    static long wanted(RunningJob job, List<Allocation> ours) {
        if (job.type().startsWith("sys")) {
            return Math.max(1, ours.stream().filter(Survivors::wanted).count());
        }
        long count = 0;
        for (JsonNode group : job.spec().path("TaskGroups")) {
            count += group.path("Count").asLong();
        }
        return count;
    }
}
