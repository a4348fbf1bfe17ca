package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.plan.DeclaredTime;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what follows while the old version is being stopped: nothing may be left of it. */
final class StopRules {
    private StopRules() {}

    static PhaseStep decide(PhaseView view) {
        return Backwards.decide(view).orElseGet(() -> forward(view));
    }

    private static PhaseStep forward(PhaseView view) {
        JobNotes.Registration known = view.notes().registration();
        Optional<RunningJob> job =
                view.sight()
                        .job()
                        .filter(one ->
                                one.stopped() && one.indexes().create() == known.createIndex());
        if (job.isEmpty()) {
            return view.failed(
                    FailureCause.CHANGED_OUT_OF_BAND,
                    "somebody else changed the job while it was being stopped; it is left as it is");
        }
        // Who stops it once more changes nothing, such as a gateway that stalled over its call.
        return waited(view)
                .noting(view.notes().stopped(job.get().indexes().spec(), known.createIndex()));
    }

    private static PhaseStep waited(PhaseView view) {
        long left =
                view.sight().allocations().stream()
                        .filter(one -> !one.state().client().ended())
                        .count();
        if (left == 0) {
            return view.completed("nothing of it runs any more");
        }
        Duration allowed = DeclaredTime.of(view.planned().getTime());
        Instant by = Times.instant(view.phase().getStartTime()).plus(allowed);
        String message = left + " allocations have not ended";
        return view.now().isBefore(by) || view.paused()
                ? view.stay(message + "; waits until " + by)
                : view.failed(
                        FailureCause.DEADLINE_EXCEEDED,
                        message + " within " + DeclaredTime.text(allowed));
    }
}
