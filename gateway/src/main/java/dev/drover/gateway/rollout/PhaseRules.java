package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Instant;
import java.util.Optional;

/** Decides what follows for a registered job from what Nomad tells of it; pure. */
final class PhaseRules {
    private final RolloutLimits limits;
    private final String promotion;

    PhaseRules(String promotion, RolloutLimits limits) {
        this.promotion = promotion;
        this.limits = limits;
    }

    PhaseStep decide(Phase before, PhaseNotes notes, JobSight sight, Instant now) {
        Phase phase = Groups.shown(before, sight);
        Optional<JobDeployment> deployment = sight.deployment();
        if (deployment.isPresent()) {
            switch (deployment.get().status()) {
                case FAILED -> {
                    return DeploymentFailures.explain(phase, notes, sight, now);
                }
                case CANCELLED -> {
                    return changed(phase, notes, deployment.get().description(), now);
                }
                default -> {}
            }
        }
        Optional<String> foreign = foreignChange(phase, notes, sight.job());
        if (foreign.isPresent()) {
            return changed(phase, notes, foreign.get(), now);
        }
        if (deployment.isPresent()) {
            return new DeploymentRules(promotion, limits)
                    .decide(phase, notes, sight, deployment.get(), now);
        }
        return new PlainJobRules(promotion, limits).decide(phase, notes, sight, now);
    }

    /** What somebody else did to the job since it was registered. */
    private static Optional<String> foreignChange(
            Phase phase, PhaseNotes notes, Optional<RunningJob> job) {
        if (job.isEmpty()) {
            return Optional.of("the job was purged");
        }
        if (job.get().indexes().create() != notes.createIndex()) {
            return Optional.of("the job was purged and made again");
        }
        if (job.get().indexes().spec() == phase.getJobModifyIndex()) {
            return Optional.empty();
        }
        return Optional.of(
                job.get().stopped()
                        ? "the job was stopped"
                        : "the job was changed to version " + job.get().version());
    }

    private static PhaseStep changed(Phase phase, PhaseNotes notes, String what, Instant now) {
        return PhaseStep.failed(
                phase,
                notes,
                FailureCause.CHANGED_OUT_OF_BAND,
                what + " by somebody else; it is left as it is",
                now);
    }
}
