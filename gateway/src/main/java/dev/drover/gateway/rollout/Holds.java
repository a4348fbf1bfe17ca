package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.v1.FailureCause;
import java.util.Optional;

/** Pausing a deployment and letting it go on, and what others do of that kind. */
final class Holds {
    private Holds() {}

    /**
     * Brings the deployment to be paused, or not to be.
     *
     * @return a step while it is not as wanted yet; empty once it is
     */
    static Optional<PhaseStep> keep(
            PhaseView view, JobDeployment deployment, boolean held, String message) {
        return switch (view.notes().gate().hold()) {
            case CLOSING, OPENING -> Optional.of(view.stay(message));
            case OPEN ->
                    held ? Optional.of(ask(view, deployment, true, message)) : Optional.empty();
            case HELD ->
                    held ? Optional.empty() : Optional.of(ask(view, deployment, false, message));
        };
    }

    /** Whether somebody else let a deployment go on that Drover paused. */
    static Optional<PhaseStep> resumedByStranger(PhaseView view, JobDeployment deployment) {
        return view.notes().gate().hold() == JobNotes.Hold.HELD
                        && deployment.status() == DeploymentStatus.RUNNING
                ? Optional.of(
                        view.failed(
                                FailureCause.CHANGED_OUT_OF_BAND,
                                "somebody else resumed the deployment that Drover had paused; the job is left as it is"))
                : Optional.empty();
    }

    /** Told where somebody else paused it: only they know why. */
    static String pausedByStranger(PhaseView view, JobDeployment deployment) {
        return deployment.status() == DeploymentStatus.PAUSED
                        && view.notes().gate().hold() == JobNotes.Hold.OPEN
                ? "; somebody else paused the deployment in Nomad, where its progress deadline goes on"
                : "";
    }

    private static PhaseStep ask(
            PhaseView view, JobDeployment deployment, boolean paused, String message) {
        JobNotes asked =
                view.notes().hold(paused ? JobNotes.Hold.CLOSING : JobNotes.Hold.OPENING).attempt();
        String verb = paused ? "pause/" : "resume/";
        return view.with(asked)
                .stay(message)
                .with(
                        new RolloutEffect.PauseDeployment(
                                view.key(verb + asked.gate().attempts()),
                                view.phase().getJob(),
                                deployment.id(),
                                paused));
    }
}
