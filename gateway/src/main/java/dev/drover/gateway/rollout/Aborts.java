package dev.drover.gateway.rollout;

import dev.drover.v1.Phase;

/** Closing a phase of a job that was touched. */
final class Aborts {
    private Aborts() {}

    /** Where Nomad has ended it meanwhile, that end counts. */
    static PhaseStep abort(PhaseView before, String why) {
        PhaseView view = before.shown();
        if (Phases.open(view.phase()) && view.active().isEmpty()) {
            PhaseStep natural = PhaseRules.decide(view);
            if (natural.phase().getState() == Phase.State.FAILED
                    || natural.phase().getState() == Phase.State.SUCCEEDED) {
                return natural;
            }
        }
        if (undecided(view)) {
            return view.stay("stops as soon as Nomad has made its deployment");
        }
        PhaseStep aborted = view.moved(PhaseEvent.ABORTED, why);
        return view.active().map(one -> aborted.with(view.failDeployment(one))).orElse(aborted);
    }

    private static boolean undecided(PhaseView view) {
        return view.notes().registered()
                && view.sight().deployment().isEmpty()
                && view.sight().evaluation().filter(one -> !one.ended()).isPresent();
    }
}
