package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.v1.FailureCause;

/** Says why Nomad gave a deployment up. Nomad's one sentence is its only code for it. */
final class DeploymentFailures {
    private static final String BY_CALL = "Deployment marked as failed";
    private static final String BY_DEADLINE = "Failed due to progress deadline";

    private DeploymentFailures() {}

    static PhaseStep explain(PhaseView view) {
        JobDeployment deployment = view.sight().deployment().orElseThrow();
        String said = deployment.description();
        if (said.startsWith(BY_CALL)) {
            return view.failed(
                    FailureCause.CHANGED_OUT_OF_BAND, "somebody else failed the deployment");
        }
        boolean unplaced =
                deployment.groups().values().stream().anyMatch(DeploymentFailures::unplaced);
        String placement = Explanations.placement(view.sight().evaluation());
        if (said.startsWith(BY_DEADLINE) && unplaced && !placement.isEmpty()) {
            return view.failed(FailureCause.PLACEMENT_FAILED, said + "; " + placement);
        }
        FailureCause cause =
                said.startsWith(BY_DEADLINE)
                        ? FailureCause.DEADLINE_EXCEEDED
                        : FailureCause.UNHEALTHY;
        return view.failed(cause, said + view.bad());
    }

    private static boolean unplaced(DeploymentGroup group) {
        int wanted =
                group.awaitsPromotion() ? group.desiredCanaries() : group.allocations().desired();
        return group.allocations().placed() < wanted;
    }
}
