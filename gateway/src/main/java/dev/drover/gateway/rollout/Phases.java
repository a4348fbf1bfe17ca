package dev.drover.gateway.rollout;

import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which phases are whose, and whose turn it is. */
final class Phases {
    private Phases() {}

    /** Positions of the phases that their jobs are at: the first of each that has not ended. */
    static List<Integer> present(Rollout rollout) {
        List<Integer> present = new ArrayList<>();
        Set<String> jobs = new HashSet<>();
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            if (!ended(phase) && jobs.add(phase.getJob())) {
                present.add(i);
            }
        }
        return present;
    }

    /** The lowest wave in which something is to be done. */
    static OptionalInt wave(Rollout rollout) {
        return rollout.getPhasesList().stream()
                .filter(phase -> !ended(phase))
                .mapToInt(Phase::getWave)
                .min();
    }

    /** The next phase of a job gets what the one before knows of Nomad. */
    static Phase follow(Phase next, Phase before) {
        return next.toBuilder()
                .setEvaluationId(before.getEvaluationId())
                .setDeploymentId(before.getDeploymentId())
                .setJobVersion(before.getJobVersion())
                .setJobModifyIndex(before.getJobModifyIndex())
                .putAllGroups(before.getGroupsMap())
                .build();
    }

    static boolean ended(Phase phase) {
        return PhaseStates.TABLE.terminal(phase.getState());
    }

    static boolean open(Phase phase) {
        return phase.getState() == Phase.State.RUNNING || phase.getState() == Phase.State.PAUSED;
    }

    /** Whether somebody may let it go on now: a person is waited for, or only time is. */
    static boolean waits(Phase phase) {
        return phase.getPauseReason() == Phase.PauseReason.CANARY_STEP;
    }

    static boolean bakes(Phase phase) {
        return phase.getState() == Phase.State.RUNNING
                && phase.getPlanned().getKind() == PlannedPhase.Kind.BAKE;
    }

    static JobNotes notesOf(Map<String, JobNotes> notes, String job) {
        return notes.getOrDefault(job, JobNotes.expecting(0));
    }
}
