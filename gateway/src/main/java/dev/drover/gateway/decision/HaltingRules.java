package dev.drover.gateway.decision;

import dev.drover.gateway.suspension.SuspensionText;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.v1.Phase;

/** Tells whether a rollout that is under way may go on; asked whenever it is looked at. */
public final class HaltingRules {
    private HaltingRules() {}

    /** By the suspensions that are in force. */
    public static Halting of(GateRequest request) {
        return SuspensionRules.halting(request)
                .findFirst()
                .map(one ->
                        new Halting(
                                Phase.PauseReason.SUSPENDED,
                                "%s: %s".formatted(one.getName(), SuspensionText.told(one)),
                                Suspensions.end(one)))
                .orElse(Halting.NONE);
    }
}
