package dev.drover.gateway.decision;

import dev.drover.v1.Phase;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a rollout that is under way may go on.
 *
 * @param reason why not; unspecified: it may
 * @param note the same in words
 * @param changes when time alone may change that
 */
public record Halting(Phase.PauseReason reason, String note, Optional<Instant> changes) {
    /** Nothing halts it, and nothing will by time alone. */
    public static final Halting NONE =
            new Halting(Phase.PauseReason.PAUSE_REASON_UNSPECIFIED, "", Optional.empty());

    /** Whether it stands still. */
    public boolean halted() {
        return reason != Phase.PauseReason.PAUSE_REASON_UNSPECIFIED;
    }
}
