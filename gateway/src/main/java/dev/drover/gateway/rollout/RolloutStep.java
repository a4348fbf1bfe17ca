package dev.drover.gateway.rollout;

import dev.drover.v1.Phase;
import dev.drover.v1.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What follows for a rollout.
 *
 * @param notes by job
 * @param changes phases whose state changed, as they are since
 * @param failure the first one that failed now
 */
public record RolloutStep(
        Rollout rollout,
        Map<String, JobNotes> notes,
        List<RolloutEffect> effects,
        List<Change> changes,
        Optional<PhaseFailure> failure) {
    public RolloutStep {
        notes = Map.copyOf(notes);
        effects = List.copyOf(effects);
        changes = List.copyOf(changes);
    }

    /**
     * A phase that changed its state.
     *
     * @param before the state before
     */
    public record Change(Phase phase, Phase.State before, PhaseEvent event) {}

    /** Whether every phase has ended. */
    public boolean ended() {
        return rollout.getPhasesList().stream()
                .allMatch(phase -> PhaseStates.TABLE.terminal(phase.getState()));
    }

    static final class Collector {
        private final Rollout.Builder rollout;
        private final Map<String, JobNotes> notes;
        private final List<RolloutEffect> effects = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();
        private Optional<PhaseFailure> failure = Optional.empty();

        Collector(Rollout rollout, Map<String, JobNotes> notes) {
            this.rollout = rollout.toBuilder();
            this.notes = new TreeMap<>(notes);
        }

        void take(int index, PhaseStep step) {
            Phase.State before = rollout.getPhases(index).getState();
            rollout.setPhases(index, step.phase());
            boolean follows =
                    step.phase().getState() == Phase.State.SUCCEEDED
                            && index + 1 < rollout.getPhasesCount()
                            && rollout.getPhases(index + 1).getJob().equals(step.phase().getJob());
            if (follows) {
                Phase next = rollout.getPhases(index + 1);
                rollout.setPhases(index + 1, Phases.follow(next, step.phase()));
            }
            notes.put(step.phase().getJob(), step.notes());
            effects.addAll(step.effects());
            step.event().ifPresent(event -> changes.add(new Change(step.phase(), before, event)));
            if (failure.isEmpty()) {
                failure = step.failure();
            }
        }

        RolloutStep done() {
            return new RolloutStep(rollout.build(), notes, effects, changes, failure);
        }
    }
}
