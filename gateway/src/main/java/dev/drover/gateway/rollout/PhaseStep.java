package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Instant;
import java.util.ArrayList;
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
        JobNotes notes,
        Optional<PhaseEvent> event,
        List<RolloutEffect> effects,
        Optional<PhaseFailure> failure) {

    /** The same, with other notes. */
    PhaseStep noting(JobNotes noted) {
        return new PhaseStep(phase, noted, event, effects, failure);
    }

    static PhaseStep stay(Phase phase, JobNotes notes) {
        return new PhaseStep(phase, notes, Optional.empty(), List.of(), Optional.empty());
    }

    static PhaseStep stay(Phase phase, JobNotes notes, String message) {
        return stay(phase.toBuilder().setMessage(message).build(), notes);
    }

    static PhaseStep moved(
            Phase phase, JobNotes notes, PhaseEvent event, String message, Instant now) {
        Phase.State next = PhaseStates.TABLE.require(phase.getState(), event);
        Phase.Builder moved = phase.toBuilder().setState(next).setMessage(message);
        if (event == PhaseEvent.BEGUN) {
            moved.setStartTime(Times.timestamp(now));
        }
        moved.setPauseReason(
                switch (event) {
                    case AWAITS_PERSON -> Phase.PauseReason.CANARY_STEP;
                    case PAUSED -> Phase.PauseReason.MANUAL;
                    default -> Phase.PauseReason.PAUSE_REASON_UNSPECIFIED;
                });
        if (PhaseStates.TABLE.terminal(next)) {
            moved.setEndTime(Times.timestamp(now));
        }
        if (event != PhaseEvent.PAUSED) {
            moved.clearPauseNote();
        }
        return new PhaseStep(moved.build(), notes, Optional.of(event), List.of(), Optional.empty());
    }

    static PhaseStep paused(Phase phase, JobNotes notes, Phase.PauseReason reason, Instant now) {
        PhaseStep step = moved(phase, notes, PhaseEvent.PAUSED, phase.getMessage(), now);
        return new PhaseStep(
                step.phase().toBuilder().setPauseReason(reason).build(),
                notes,
                step.event(),
                step.effects(),
                step.failure());
    }

    static PhaseStep failed(
            Phase phase, JobNotes notes, FailureCause cause, String message, Instant now) {
        PhaseStep step = moved(phase, notes, PhaseEvent.FAILED, message, now);
        return new PhaseStep(
                step.phase(),
                notes,
                step.event(),
                List.of(),
                Optional.of(new PhaseFailure(cause, phase.getJob() + ": " + message)));
    }

    PhaseStep with(RolloutEffect effect) {
        List<RolloutEffect> all = new ArrayList<>(effects);
        all.add(effect);
        return new PhaseStep(phase, notes, event, List.copyOf(all), failure);
    }
}
