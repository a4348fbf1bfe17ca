package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import java.time.Instant;
import java.util.Optional;

/** One phase with all that a decision about it may depend on. */
record PhaseView(
        String promotion,
        RolloutLimits limits,
        Phase phase,
        JobNotes notes,
        JobSight sight,
        PhaseVerdict verdict,
        Instant now) {

    PlannedPhase planned() {
        return phase.getPlanned();
    }

    PhaseView with(JobNotes changed) {
        return new PhaseView(promotion, limits, phase, changed, sight, verdict, now);
    }

    PhaseView shown() {
        return new PhaseView(
                promotion, limits, Groups.shown(phase, sight), notes, sight, verdict, now);
    }

    /** Whether a person, a suspension or a window halted it. */
    boolean paused() {
        return HaltRules.halted(phase);
    }

    /** The deployment, unless it has ended. */
    Optional<JobDeployment> active() {
        return sight.deployment().filter(one -> !one.status().ended());
    }

    String key(String what) {
        return promotion + "/" + phase.getJob() + "/" + what;
    }

    PhaseStep stay(String message) {
        return PhaseStep.stay(phase, notes, message);
    }

    PhaseStep moved(PhaseEvent event, String message) {
        return PhaseStep.moved(phase, notes, event, message, now);
    }

    /** Done; where a person has it paused it is done when that person lets it go on. */
    PhaseStep completed(String message) {
        return paused()
                ? stay(message + "; paused, goes on when it is resumed")
                : moved(PhaseEvent.COMPLETED, message);
    }

    PhaseStep failed(FailureCause cause, String message) {
        return PhaseStep.failed(phase, notes, cause, message, now);
    }

    /** Failed although Nomad has not given up: the engine fails the deployment too. */
    PhaseStep givenUp(FailureCause cause, String message) {
        PhaseStep step = failed(cause, message);
        return active().map(one -> step.with(failDeployment(one))).orElse(step);
    }

    RolloutEffect failDeployment(JobDeployment deployment) {
        return new RolloutEffect.FailDeployment(key("fail"), phase.getJob(), deployment.id());
    }

    /** What a bad allocation of the new version says, to be put after a message. */
    String bad() {
        return Explanations.badAllocation(sight.allocations(), phase.getJobVersion());
    }
}
