package dev.drover.gateway.rollout;

import static dev.drover.v1.Phase.State.ABORTED;
import static dev.drover.v1.Phase.State.FAILED;
import static dev.drover.v1.Phase.State.PAUSED;
import static dev.drover.v1.Phase.State.PENDING;
import static dev.drover.v1.Phase.State.RUNNING;
import static dev.drover.v1.Phase.State.SKIPPED;
import static dev.drover.v1.Phase.State.SUCCEEDED;

import dev.drover.v1.Phase;
import java.util.Set;

/** The states of a phase and what leads from one to the next. */
public final class PhaseStates {
    /** The table. */
    public static final Transitions<Phase.State, PhaseEvent> TABLE =
            Transitions.from(PENDING, PhaseEvent.class, Set.of(SUCCEEDED, FAILED, SKIPPED, ABORTED))
                    .on(PhaseEvent.BEGUN, PENDING, RUNNING)
                    .on(PhaseEvent.NOTHING_TO_DO, PENDING, SKIPPED)
                    .on(PhaseEvent.AWAITS_PERSON, RUNNING, PAUSED)
                    .on(PhaseEvent.ADVANCED, Set.of(RUNNING, PAUSED), SUCCEEDED)
                    .on(PhaseEvent.PAUSED, RUNNING, PAUSED)
                    .on(PhaseEvent.RESUMED, PAUSED, RUNNING)
                    .on(PhaseEvent.COMPLETED, RUNNING, SUCCEEDED)
                    .on(PhaseEvent.FAILED, Set.of(RUNNING, PAUSED), FAILED)
                    .on(PhaseEvent.ABORTED, Set.of(PENDING, RUNNING, PAUSED), ABORTED)
                    .build();

    private PhaseStates() {}
}
