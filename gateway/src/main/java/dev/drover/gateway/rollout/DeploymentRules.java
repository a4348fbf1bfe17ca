package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides what follows while Nomad carries out a deployment. */
final class DeploymentRules {
    private final String promotion;
    private final RolloutLimits limits;

    DeploymentRules(String promotion, RolloutLimits limits) {
        this.promotion = promotion;
        this.limits = limits;
    }

    PhaseStep decide(
            Phase phase, PhaseNotes notes, JobSight sight, JobDeployment deployment, Instant now) {
        if (promotedByStranger(notes, deployment)) {
            return PhaseStep.failed(
                    phase,
                    notes,
                    FailureCause.CHANGED_OUT_OF_BAND,
                    "somebody else promoted the canaries; the job is left as it is",
                    now);
        }
        if (deployment.status() == DeploymentStatus.SUCCESSFUL) {
            return completed(promotion, phase, notes, deployment.description(), now);
        }
        if (neverPlaced(deployment)) {
            return unplaced(phase, notes, sight, deployment, now);
        }
        if (deployment.awaitsPromotion()) {
            return canaries(phase, notes, sight, deployment, now);
        }
        return overdue(deployment, now)
                ? givenUp(
                        deployment,
                        phase,
                        notes,
                        FailureCause.DEADLINE_EXCEEDED,
                        "no progress within Nomad's deadline, and Nomad did not give up"
                                + bad(phase, sight),
                        now)
                : PhaseStep.stay(phase, notes, progress(deployment));
    }

    /** The end of every phase that Nomad carried out: its version gets the promotion's name. */
    static PhaseStep completed(
            String promotion, Phase phase, PhaseNotes notes, String message, Instant now) {
        String id = promotion.substring(promotion.lastIndexOf('/') + 1);
        return PhaseStep.moved(phase, notes, PhaseEvent.COMPLETED, message, now)
                .with(
                        new RolloutEffect.TagVersion(
                                promotion + "/" + phase.getJob() + "/tag",
                                phase.getJob(),
                                phase.getJobVersion(),
                                "drover-" + id,
                                "Put here by Drover: " + promotion));
    }

    private static boolean promotedByStranger(PhaseNotes notes, JobDeployment deployment) {
        return notes.byHand()
                && !notes.advanced()
                && notes.promotion() == PhaseNotes.CanaryStep.NONE
                && deployment.groups().values().stream()
                        .anyMatch(group -> group.desiredCanaries() > 0 && group.promoted());
    }

    private PhaseStep canaries(
            Phase phase, PhaseNotes notes, JobSight sight, JobDeployment deployment, Instant now) {
        String counts = Canaries.counts(deployment, sight.allocations());
        if (!Canaries.allServing(deployment, sight.allocations())) {
            return unhealthyCanaries(phase, notes, sight, deployment, now);
        }
        PhaseNotes well = notes.canariesLost(0);
        if (notes.promotion() == PhaseNotes.CanaryStep.ASKED) {
            return PhaseStep.stay(phase, well, counts + "; being promoted");
        }
        if (notes.byHand() && !notes.advanced()) {
            String message = counts + "; waits for a person to advance the promotion";
            return phase.getState() == Phase.State.PAUSED
                    ? PhaseStep.stay(phase, well, message)
                    : PhaseStep.moved(phase, well, PhaseEvent.AWAITS_PERSON, message, now);
        }
        PhaseNotes asked = well.asked();
        return PhaseStep.stay(phase, asked, counts + "; being promoted")
                .with(
                        new RolloutEffect.PromoteDeployment(
                                promotion + "/" + phase.getJob() + "/promote/" + asked.attempts(),
                                phase.getJob(),
                                deployment.id()));
    }

    /**
     * Nomad never fails a deployment whose canary was healthy once and crashed: the engine counts
     * the time itself.
     */
    private PhaseStep unhealthyCanaries(
            Phase phase, PhaseNotes notes, JobSight sight, JobDeployment deployment, Instant now) {
        String counts = Canaries.counts(deployment, sight.allocations());
        boolean wereHealthy =
                phase.getState() == Phase.State.PAUSED
                        || deployment.groups().values().stream()
                                .filter(DeploymentGroup::awaitsPromotion)
                                .allMatch(group ->
                                        group.allocations().healthy() >= group.desiredCanaries());
        if (!wereHealthy) {
            return overdue(deployment, now)
                    ? givenUp(
                            deployment,
                            phase,
                            notes,
                            FailureCause.DEADLINE_EXCEEDED,
                            counts + " within the progress deadline" + bad(phase, sight),
                            now)
                    : PhaseStep.stay(phase, notes, counts);
        }
        if (Canaries.anyFailed(deployment, sight.allocations())) {
            return givenUp(
                    deployment,
                    phase,
                    notes,
                    FailureCause.UNHEALTHY,
                    "a canary was healthy and failed" + bad(phase, sight),
                    now);
        }
        long since =
                notes.canariesLostMillis() == 0 ? now.toEpochMilli() : notes.canariesLostMillis();
        Duration allowed = limits.placedBy(progressDeadline(deployment));
        if (now.toEpochMilli() - since >= allowed.toMillis()) {
            return givenUp(
                    deployment,
                    phase,
                    notes,
                    FailureCause.UNHEALTHY,
                    counts + " for " + allowed.toSeconds() + " s" + bad(phase, sight),
                    now);
        }
        return PhaseStep.stay(
                phase,
                notes.canariesLost(since),
                counts + ", all were; gives up after " + allowed.toSeconds() + " s");
    }

    private PhaseStep unplaced(
            Phase phase, PhaseNotes notes, JobSight sight, JobDeployment deployment, Instant now) {
        Duration allowed = limits.placedBy(progressDeadline(deployment));
        Instant by = Times.instant(phase.getStartTime()).plus(allowed);
        String why = Explanations.placement(sight.evaluation());
        if (now.isBefore(by)) {
            return PhaseStep.stay(
                    phase,
                    notes,
                    why.isEmpty()
                            ? "waits for Nomad to place allocations"
                            : "Nomad finds no place, gives up at " + by + ": " + why);
        }
        return givenUp(
                deployment,
                phase,
                notes,
                FailureCause.PLACEMENT_FAILED,
                "nothing was placed within "
                        + allowed.toSeconds()
                        + " s"
                        + (why.isEmpty() ? "" : ": " + why),
                now);
    }

    /** Nomad would go on for ever: the engine fails the deployment too. */
    private PhaseStep givenUp(
            JobDeployment deployment,
            Phase phase,
            PhaseNotes notes,
            FailureCause cause,
            String message,
            Instant now) {
        return PhaseStep.failed(phase, notes, cause, message, now)
                .with(RolloutRules.failDeployment(promotion, phase.getJob(), deployment.id()));
    }

    private static boolean neverPlaced(JobDeployment deployment) {
        return deployment.groups().values().stream()
                .allMatch(group ->
                        group.allocations().placed() == 0 && group.requireProgressBy().isEmpty());
    }

    private boolean overdue(JobDeployment deployment, Instant now) {
        Optional<Instant> by =
                deployment.groups().values().stream()
                        .flatMap(group -> group.requireProgressBy().stream())
                        .max(Comparator.naturalOrder());
        return by.isPresent() && now.isAfter(by.get().plus(limits.grace()));
    }

    private static Duration progressDeadline(JobDeployment deployment) {
        return deployment.groups().values().stream()
                .map(DeploymentGroup::progressDeadline)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static String bad(Phase phase, JobSight sight) {
        return Explanations.badAllocation(sight.allocations(), phase.getJobVersion());
    }

    private static String progress(JobDeployment deployment) {
        List<DeploymentGroup.Counts> counts =
                deployment.groups().values().stream().map(DeploymentGroup::allocations).toList();
        return "%d of %d allocations healthy"
                .formatted(
                        counts.stream().mapToInt(DeploymentGroup.Counts::healthy).sum(),
                        counts.stream().mapToInt(DeploymentGroup.Counts::desired).sum());
    }
}
