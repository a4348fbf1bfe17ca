package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.plan.DeclaredTime;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.Undecided;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what follows while nothing changes: a bake, measurements, a person who is waited for. */
final class HoldRules {
    private HoldRules() {}

    static PhaseStep decide(PhaseView view) {
        Optional<PhaseStep> ill = ill(view);
        if (ill.isPresent()) {
            return ill.get();
        }
        PhaseView well = view.with(view.notes().lost(0));
        return switch (view.planned().getKind()) {
            case BAKE -> bake(well);
            case VERIFY -> verify(well);
            default -> person(well);
        };
    }

    private static PhaseStep verify(PhaseView view) {
        if (view.paused()) {
            return view.stay(view.phase().getMessage());
        }
        return switch (view.verdict()) {
            case PhaseVerdict.Yes yes -> view.completed("measured, and well");
            case PhaseVerdict.No no -> view.givenUp(no.cause(), no.message());
            case PhaseVerdict.Open open ->
                    view.now().isBefore(Times.instant(view.phase().getUntilTime()))
                            ? view.stay(open.message())
                            : view.givenUp(
                                    FailureCause.VERIFICATION_INCONCLUSIVE,
                                    "no verdict within " + text(view) + "; " + open.message());
        };
    }

    private static PhaseStep bake(PhaseView view) {
        if (view.paused()) {
            return view.stay(view.phase().getMessage());
        }
        Instant until = Times.instant(view.phase().getUntilTime());
        return view.now().isBefore(until)
                ? view.stay("healthy; bakes until " + until)
                : view.completed("stayed healthy for " + text(view));
    }

    private static PhaseStep person(PhaseView view) {
        Instant until = Times.instant(view.phase().getUntilTime());
        boolean advances = view.planned().getUndecided() == Undecided.ADVANCE;
        if (view.phase().getState() == Phase.State.RUNNING) {
            return view.moved(
                    PhaseEvent.AWAITS_PERSON,
                    "waits for a person to advance or abort the promotion, until "
                            + until
                            + "; then it is "
                            + (advances ? "advanced" : "aborted"));
        }
        if (view.now().isBefore(until)) {
            return view.stay(view.phase().getMessage());
        }
        String nobody = "nobody decided within " + text(view);
        return advances
                ? view.moved(PhaseEvent.ADVANCED, nobody + "; advanced, as declared")
                : view.givenUp(FailureCause.DEADLINE_EXCEEDED, nobody + "; aborted, as declared");
    }

    /** What is wrong with what has to stay healthy; empty: nothing. */
    private static Optional<PhaseStep> ill(PhaseView view) {
        Optional<JobDeployment> deployment = view.active();
        if (deployment.isPresent() && Canaries.wait(deployment.get())) {
            return Canaries.allServing(deployment.get(), view.sight().allocations())
                    ? Optional.empty()
                    : Optional.of(
                            Patience.lost(
                                    view,
                                    Canaries.anyFailed(
                                            deployment.get(), view.sight().allocations()),
                                    Canaries.counts(deployment.get(), view.sight().allocations())));
        }
        // Allocations that failed and were replaced are no harm as long as enough are healthy.
        return Shares.serving(view)
                ? Optional.empty()
                : Optional.of(
                        Patience.lost(
                                view,
                                deployment.isPresent() && Shares.anyFailed(view),
                                Shares.counts(view)));
    }

    private static String text(PhaseView view) {
        Duration time = DeclaredTime.of(view.planned().getTime());
        return DeclaredTime.text(time);
    }
}
