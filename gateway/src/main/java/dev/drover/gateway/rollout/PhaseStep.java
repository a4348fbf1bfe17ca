package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows for one phase.
 *
 * @param event what happened to its state; empty where it stays
 * @param failure why it failed
 */
record PhaseStep(
        Phase phase,
        PhaseNotes notes,
        Optional<PhaseEvent> event,
        List<RolloutEffect> effects,
        Optional<PhaseFailure> failure) {

    static PhaseStep stay(Phase phase, PhaseNotes notes) {
        return new PhaseStep(phase, notes, Optional.empty(), List.of(), Optional.empty());
    }

    static PhaseStep stay(Phase phase, PhaseNotes notes, String message) {
        return stay(phase.toBuilder().setMessage(message).build(), notes);
    }

    static PhaseStep moved(
            Phase phase, PhaseNotes notes, PhaseEvent event, String message, Instant now) {
        Phase.State next = PhaseStates.TABLE.require(phase.getState(), event);
        Phase.Builder moved = phase.toBuilder().setState(next).setMessage(message);
        if (event == PhaseEvent.REGISTERING) {
            moved.setStartTime(Times.timestamp(now));
        }
        if (PhaseStates.TABLE.terminal(next)) {
            moved.setEndTime(Times.timestamp(now));
        }
        return new PhaseStep(moved.build(), notes, Optional.of(event), List.of(), Optional.empty());
    }

    static PhaseStep failed(
            Phase phase, PhaseNotes notes, FailureCause cause, String message, Instant now) {
        PhaseStep step = moved(phase, notes, PhaseEvent.FAILED, message, now);
        return new PhaseStep(
                step.phase(),
                notes,
                step.event(),
                List.of(),
                Optional.of(new PhaseFailure(cause, phase.getJob() + ": " + message)));
    }

    PhaseStep with(RolloutEffect effect) {
        return new PhaseStep(phase, notes, event, List.of(effect), failure);
    }
}
