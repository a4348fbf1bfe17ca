package dev.drover.gateway.rollout;

import dev.drover.v1.Phase;
import dev.drover.v1.Rollout;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Halts phases as a person does who pauses them, and lets them go on; pure. */
public final class HaltRules {
    private static final Set<Phase.PauseReason> HALTED =
            EnumSet.of(Phase.PauseReason.SUSPENDED, Phase.PauseReason.WINDOW_CLOSED);

    private HaltRules() {}

    /** Halts phases that are under way; what people paused stays theirs. */
    public static RolloutStep halt(
            Rollout rollout,
            Map<String, JobNotes> notes,
            Phase.PauseReason reason,
            String note,
            Instant now) {
        return PersonRules.pause(rollout, notes, reason, note, now);
    }

    /** Lets go on what was halted; the time in between does not count. */
    public static RolloutStep goOn(Rollout rollout, Map<String, JobNotes> notes, Instant now) {
        return PersonRules.resume(
                rollout, notes, phase -> HALTED.contains(phase.getPauseReason()), now);
    }

    /** Whether it stands still until a person, a suspension or a window lets it go on. */
    static boolean halted(Phase phase) {
        return phase.getPauseReason() == Phase.PauseReason.MANUAL
                || HALTED.contains(phase.getPauseReason());
    }
}
