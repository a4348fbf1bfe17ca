package dev.drover.gateway.rollout;

import dev.drover.v1.PlannedPhase;

/** The end of a phase after which Nomad has nothing left to do: its version gets a name. */
final class Tags {
    private Tags() {}

    static PhaseStep completed(PhaseView view, String message) {
        PhaseStep step = view.completed(message);
        if (step.event().isEmpty() || !brings(view.planned())) {
            return step;
        }
        String id = view.promotion().substring(view.promotion().lastIndexOf('/') + 1);
        return step.with(
                new RolloutEffect.TagVersion(
                        view.key("tag"),
                        view.phase().getJob(),
                        view.phase().getJobVersion(),
                        "drover-" + id,
                        "Put here by Drover: " + view.promotion()));
    }

    /** Whether the new version is everywhere after it. */
    private static boolean brings(PlannedPhase planned) {
        return !planned.getHold();
    }
}
