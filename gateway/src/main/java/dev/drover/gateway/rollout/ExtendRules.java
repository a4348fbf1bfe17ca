package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import java.util.Optional;

/** Decides what follows while the new version spreads: to the phase's share, or to all. */
final class ExtendRules {
    private ExtendRules() {}

    static PhaseStep decide(PhaseView view, JobDeployment deployment) {
        if (deployment.status() == DeploymentStatus.SUCCESSFUL) {
            return Survivors.completed(view, deployment.description());
        }
        return Canaries.wait(deployment) ? promote(view, deployment) : spread(view, deployment);
    }

    /** Promotes canaries once all of them serve. */
    static PhaseStep promote(PhaseView view, JobDeployment deployment) {
        String counts = Canaries.counts(deployment, view.sight().allocations());
        if (!Canaries.allServing(deployment, view.sight().allocations())) {
            return RegisterRules.unhealthy(view, deployment, counts);
        }
        PhaseView well = view.with(view.notes().lost(0));
        String message = counts + "; being promoted";
        if (view.paused()) {
            return well.stay(counts);
        }
        if (view.notes().gate().promotion() == JobNotes.CanaryStep.ASKED) {
            return well.stay(message);
        }
        // What canaries alone reach must not be passed: Nomad would go on at once.
        Optional<PhaseStep> held =
                view.planned().getHold() && Shares.placed(view)
                        ? Holds.keep(well, deployment, true, message)
                        : Optional.empty();
        return held.orElseGet(() -> ask(well, deployment, message));
    }

    private static PhaseStep ask(PhaseView view, JobDeployment deployment, String message) {
        JobNotes asked = view.notes().promotion(JobNotes.CanaryStep.ASKED).attempt();
        return view.with(asked)
                .stay(message)
                .with(
                        new RolloutEffect.PromoteDeployment(
                                view.key("promote/" + asked.gate().attempts()),
                                view.phase().getJob(),
                                deployment.id()));
    }

    private static PhaseStep spread(PhaseView view, JobDeployment deployment) {
        boolean there = view.planned().getHold() && Shares.placed(view);
        String message =
                (view.planned().getHold()
                                ? Shares.counts(view)
                                : RegisterRules.progress(deployment))
                        + Holds.pausedByStranger(view, deployment);
        Optional<PhaseStep> changing =
                Holds.keep(view, deployment, there || view.paused(), message);
        if (changing.isPresent()) {
            return changing.get();
        }
        return there && Shares.serving(view)
                ? view.completed(message + "; the rest is held")
                : Patience.progress(view, deployment, message);
    }
}
