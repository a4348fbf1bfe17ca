package dev.drover.gateway.rollout;

import dev.drover.v1.Phase;
import dev.drover.v1.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What people may do to the phases that a rollout is at; pure. An answer without changes: none. */
public final class PersonRules {
    private PersonRules() {}

    /** Lets phases go on that wait for a person; where none does, those that bake. */
    public static RolloutStep advance(
            Rollout rollout, Map<String, JobNotes> notes, String message, Instant now) {
        boolean persons = rollout.getPhasesList().stream().anyMatch(Phases::waits);
        Predicate<Phase> which = persons ? Phases::waits : Phases::bakes;
        return each(
                rollout,
                notes,
                which,
                (phase, its) -> PhaseStep.moved(phase, its, PhaseEvent.ADVANCED, message, now));
    }

    /** Halts phases that are under way. */
    public static RolloutStep pause(
            Rollout rollout, Map<String, JobNotes> notes, String note, Instant now) {
        return pause(rollout, notes, Phase.PauseReason.MANUAL, note, now);
    }

    static RolloutStep pause(
            Rollout rollout,
            Map<String, JobNotes> notes,
            Phase.PauseReason reason,
            String note,
            Instant now) {
        return each(
                rollout,
                notes,
                phase -> phase.getState() == Phase.State.RUNNING,
                (phase, its) ->
                        PhaseStep.paused(
                                phase.toBuilder().setPauseNote(note).build(),
                                its.paused(now.toEpochMilli()),
                                reason,
                                now));
    }

    /** Lets phases go on that somebody halted; the time in between does not count. */
    public static RolloutStep resume(Rollout rollout, Map<String, JobNotes> notes, Instant now) {
        return resume(
                rollout, notes, phase -> phase.getPauseReason() == Phase.PauseReason.MANUAL, now);
    }

    static RolloutStep resume(
            Rollout rollout, Map<String, JobNotes> notes, Predicate<Phase> which, Instant now) {
        return each(
                rollout,
                notes,
                which,
                (phase, its) -> {
                    Duration paused =
                            Duration.ofMillis(now.toEpochMilli() - its.clock().pausedMillis());
                    Phase later =
                            phase.hasUntilTime()
                                    ? phase.toBuilder()
                                            .setUntilTime(
                                                    Times.timestamp(
                                                            Times.instant(phase.getUntilTime())
                                                                    .plus(paused)))
                                            .build()
                                    : phase;
                    JobNotes on =
                            its.paused(0)
                                    .lost(0)
                                    .progress(its.clock().healthy(), now.toEpochMilli());
                    return PhaseStep.moved(later, on, PhaseEvent.RESUMED, phase.getMessage(), now);
                });
    }

    private interface Change {
        PhaseStep of(Phase phase, JobNotes notes);
    }

    private static RolloutStep each(
            Rollout rollout, Map<String, JobNotes> notes, Predicate<Phase> which, Change change) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        List<Integer> present = Phases.present(rollout);
        for (int i : present) {
            Phase phase = rollout.getPhases(i);
            if (which.test(phase)) {
                next.take(i, change.of(phase, Phases.notesOf(notes, phase.getJob())));
            }
        }
        return next.done();
    }
}
