package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import java.util.List;
import java.util.Optional;

/** Decides what follows for a job that was registered: until its canaries, or all, are healthy. */
final class RegisterRules {
    private RegisterRules() {}

    static PhaseStep decide(PhaseView view, JobDeployment deployment) {
        if (deployment.status() == DeploymentStatus.SUCCESSFUL) {
            return Survivors.completed(view, deployment.description());
        }
        Optional<PhaseStep> unplaced = Patience.unplaced(view, deployment);
        if (unplaced.isPresent()) {
            return unplaced.get();
        }
        if (Canaries.wait(deployment)) {
            return view.planned().getHold()
                    ? canaries(view, deployment)
                    // Nothing ran when it was planned, so nobody was to wait for canaries; what
                    // started meanwhile made Nomad place some.
                    : ExtendRules.promote(view, deployment);
        }
        String message = progress(deployment) + Holds.pausedByStranger(view, deployment);
        return Holds.keep(view, deployment, view.paused(), message)
                .orElseGet(() -> Patience.progress(view, deployment, message));
    }

    /** Waits for canaries; Nomad's own gate holds them, so nothing has to be paused. */
    private static PhaseStep canaries(PhaseView view, JobDeployment deployment) {
        String counts = Canaries.counts(deployment, view.sight().allocations());
        if (Canaries.allServing(deployment, view.sight().allocations())) {
            return view.with(view.notes().lost(0)).completed(counts);
        }
        return unhealthy(view, deployment, counts);
    }

    static PhaseStep unhealthy(PhaseView view, JobDeployment deployment, String counts) {
        boolean were =
                view.planned().getKind() != dev.drover.v1.PlannedPhase.Kind.REGISTER
                        || Canaries.wereHealthy(deployment);
        return were
                ? Patience.lost(
                        view, Canaries.anyFailed(deployment, view.sight().allocations()), counts)
                : Patience.progress(view, deployment, counts);
    }

    static String progress(JobDeployment deployment) {
        List<DeploymentGroup.Counts> counts =
                deployment.groups().values().stream().map(DeploymentGroup::allocations).toList();
        return "%d of %d allocations healthy"
                .formatted(
                        counts.stream().mapToInt(DeploymentGroup.Counts::healthy).sum(),
                        counts.stream().mapToInt(DeploymentGroup.Counts::desired).sum());
    }
}
