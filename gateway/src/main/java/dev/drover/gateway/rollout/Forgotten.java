package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import java.util.List;
import java.util.Optional;

/**
 * A deployment that Nomad made and does not know any more: it collects those that have ended. Its
 * allocations tell what became of it.
 */
final class Forgotten {
    private Forgotten() {}

    static boolean deployment(PhaseView view) {
        return !view.phase().getDeploymentId().isEmpty() && view.sight().deployment().isEmpty();
    }

    /** Empty where the version that it was about runs all the same. */
    static Optional<PhaseStep> failed(PhaseView view) {
        List<Allocation> ours =
                view.sight().allocations().stream()
                        .filter(one -> one.jobVersion() == view.phase().getJobVersion())
                        .toList();
        long good = ours.stream().filter(one -> Survivors.serves(view, one)).count();
        long wanted = wanted(view, ours);
        if (good >= wanted) {
            return Optional.empty();
        }
        return Optional.of(
                view.failed(
                        FailureCause.UNHEALTHY,
                        "Nomad does not know deployment %s any more, and %d of %d allocations of version %d run%s"
                                .formatted(
                                        view.phase().getDeploymentId(),
                                        good,
                                        wanted,
                                        view.phase().getJobVersion(),
                                        view.bad())));
    }

    private static long wanted(PhaseView view, List<Allocation> ours) {
        Optional<RunningJob> job = view.sight().job();
        return view.planned().getTargetsCount() > 0 || job.isEmpty()
                ? view.planned().getTargetsMap().values().stream().mapToLong(Long::longValue).sum()
                : PlainJobRules.wanted(job.get(), ours);
    }
}
