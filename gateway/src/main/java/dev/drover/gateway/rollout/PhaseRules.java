package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import dev.drover.v1.PlannedPhase;
import java.util.Optional;

/** Decides what follows for a job that was touched from what Nomad tells of it; pure. */
final class PhaseRules {
    private PhaseRules() {}

    static PhaseStep decide(PhaseView before) {
        if (before.planned().getKind() == PlannedPhase.Kind.RESTART) {
            return RestartRules.decide(before);
        }
        PhaseView view = before.shown();
        Optional<PhaseStep> backwards = Backwards.decide(view);
        if (backwards.isPresent()) {
            return backwards.get();
        }
        if (view.planned().getKind() == PlannedPhase.Kind.STOP) {
            return StopRules.decide(view);
        }
        Optional<PhaseStep> trouble = trouble(view);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        Optional<JobDeployment> deployment = view.sight().deployment();
        return switch (view.planned().getKind()) {
            case BAKE, WAIT, VERIFY -> HoldRules.decide(view);
            case RUN, DISPATCH, FORCE -> RunRules.decide(view);
            case EXTEND ->
                    deployment
                            .map(one -> ExtendRules.decide(view, one))
                            .orElseGet(() -> PlainJobRules.decide(view));
            default ->
                    deployment
                            .map(one -> RegisterRules.decide(view, one))
                            .orElseGet(() -> PlainJobRules.decide(view));
        };
    }

    /** What ends any phase: Nomad gave up, or somebody else was here. */
    private static Optional<PhaseStep> trouble(PhaseView view) {
        Optional<JobDeployment> deployment = view.sight().deployment();
        if (deployment.filter(one -> one.status() == DeploymentStatus.FAILED).isPresent()) {
            return Optional.of(DeploymentFailures.explain(view));
        }
        if (deployment.filter(one -> one.status() == DeploymentStatus.CANCELLED).isPresent()) {
            String what = foreignChange(view).orElse(deployment.get().description());
            return Optional.of(changed(view, what));
        }
        Optional<PhaseStep> foreign = foreignChange(view).map(what -> changed(view, what));
        if (foreign.isEmpty() && Forgotten.deployment(view)) {
            return Forgotten.failed(view);
        }
        return foreign.or(() -> view.active().flatMap(one -> strangers(view, one)));
    }

    private static Optional<PhaseStep> strangers(PhaseView view, JobDeployment deployment) {
        boolean promoted =
                view.notes().gate().promotion() == JobNotes.CanaryStep.NONE
                        && deployment.groups().values().stream()
                                .anyMatch(PhaseRules::promotedCanaries);
        return promoted
                ? Optional.of(
                        view.failed(
                                FailureCause.CHANGED_OUT_OF_BAND,
                                "somebody else promoted the canaries; the job is left as it is"))
                : Holds.resumedByStranger(view, deployment);
    }

    private static boolean promotedCanaries(DeploymentGroup group) {
        return group.desiredCanaries() > 0 && group.promoted();
    }

    /** What somebody else did to the job since it was registered. */
    private static Optional<String> foreignChange(PhaseView view) {
        Optional<RunningJob> job = view.sight().job();
        if (job.isEmpty()) {
            return Optional.of("the job was purged");
        }
        if (job.get().indexes().create() != view.notes().registration().createIndex()) {
            return Optional.of("the job was purged and made again");
        }
        if (job.get().indexes().spec() == view.phase().getJobModifyIndex()) {
            return Optional.empty();
        }
        return Optional.of(
                job.get().stopped()
                        ? "the job was stopped"
                        : "the job was changed to version " + job.get().version());
    }

    private static PhaseStep changed(PhaseView view, String what) {
        return view.failed(
                FailureCause.CHANGED_OUT_OF_BAND, what + " by somebody else; it is left as it is");
    }
}
