package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Nomad that answers from before what it was asked to do: a server that lags, which passes, or a
 * cluster that was restored from a snapshot, which does not.
 */
final class Backwards {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Backwards() {}

    /** Empty where the job is at least as new as what Drover made of it last. */
    static Optional<PhaseStep> decide(PhaseView view) {
        long ours =
                view.notes().registered()
                        ? view.phase().getJobModifyIndex()
                        : view.notes().registration().expectedIndex();
        Optional<RunningJob> job = view.sight().job();
        if (job.isEmpty() || job.get().indexes().spec() >= ours) {
            return Optional.empty();
        }
        long since = view.notes().clock().lostMillis();
        long from = since == 0 ? view.now().toEpochMilli() : since;
        Instant until = Instant.ofEpochMilli(from).plus(PATIENCE);
        String told =
                "Nomad tells of the job as it was before: job modify index %d, Drover made it %d"
                        .formatted(job.get().indexes().spec(), ours);
        return Optional.of(
                view.now().isBefore(until)
                        ? view.with(view.notes().lost(from))
                                .stay(told + "; looks again until " + until)
                        : view.failed(
                                FailureCause.CHANGED_OUT_OF_BAND,
                                told
                                        + "; was the cluster restored from a snapshot? The job is left as it is"));
    }
}
