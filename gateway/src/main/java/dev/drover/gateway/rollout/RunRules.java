package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.plan.DeclaredTime;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides what follows while a job runs once: it has to end, and well. */
final class RunRules {
    private RunRules() {}

    static PhaseStep decide(PhaseView view) {
        Optional<RunningJob> job = run(view);
        if (job.isEmpty()) {
            return view.failed(
                    FailureCause.CHANGED_OUT_OF_BAND,
                    "the run " + view.phase().getRunJob() + " was purged by somebody else");
        }
        List<Allocation> its = allocations(view, job.get());
        long good = count(its, ClientStatus.COMPLETE);
        String counts =
                "%d of %d allocations completed, %d failed"
                        .formatted(good, wanted(job.get(), its), count(its, ClientStatus.FAILED));
        if ("dead".equals(job.get().status())) {
            return good > 0 && good >= wanted(job.get(), its)
                    ? view.completed("the run ended well: " + counts)
                    : view.failed(
                            FailureCause.UNHEALTHY,
                            "the run ended badly: "
                                    + counts
                                    + Explanations.badAllocation(its, job.get().version()));
        }
        Duration allowed = DeclaredTime.of(view.planned().getTime());
        Instant by = Times.instant(view.phase().getStartTime()).plus(allowed);
        return view.now().isBefore(by) || view.paused()
                ? view.stay(counts + "; waits until " + by)
                : view.failed(
                        FailureCause.DEADLINE_EXCEEDED,
                        "the run has not ended within "
                                + DeclaredTime.text(allowed)
                                + ": "
                                + counts
                                + Explanations.badAllocation(its, job.get().version()));
    }

    private static Optional<RunningJob> run(PhaseView view) {
        return view.phase().getRunJob().isEmpty()
                ? view.sight().job()
                : view.sight().run().flatMap(JobSight.Run::job);
    }

    private static List<Allocation> allocations(PhaseView view, RunningJob job) {
        List<Allocation> all =
                view.phase().getRunJob().isEmpty()
                        ? view.sight().allocations()
                        : view.sight().run().map(JobSight.Run::allocations).orElse(List.of());
        return all.stream().filter(one -> one.jobVersion() == job.version()).toList();
    }

    private static long count(List<Allocation> allocations, ClientStatus status) {
        return allocations.stream().filter(one -> one.state().client() == status).count();
    }

    /** How many have to complete; of a sysbatch job, those that Nomad placed. */
    private static long wanted(RunningJob job, List<Allocation> its) {
        if (job.type().startsWith("sys")) {
            return its.size();
        }
        long wanted = 0;
        for (JsonNode group : job.spec().path("TaskGroups")) {
            wanted += group.path("Count").asLong(1);
        }
        return wanted;
    }
}
