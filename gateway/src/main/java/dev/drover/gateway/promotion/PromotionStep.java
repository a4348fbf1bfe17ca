package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.Instant;

/** Decides what follows for a promotion from what was observed; pure: no clock, no I/O. */
final class PromotionStep {
    private PromotionStep() {}

    static Step step(Situation situation, Observation observation) {
        Draft draft = Draft.of(situation);
        if (PromotionStates.ended(situation.promotion())) {
            return draft.done();
        }
        switch (observation) {
            case Observation.Unreachable silent -> unreachable(draft, silent);
            case Observation.Broken broken -> broken(draft, broken);
            default -> {
                draft.set(draft.notes().unreachableSince(0));
                decide(draft, observation);
            }
        }
        return Endings.closed(Places.tell(draft, observation)).done();
    }

    private static void decide(Draft draft, Observation observation) {
        switch (draft.promotion().getState()) {
            case PLANNING, BLOCKED, PENDING_APPROVAL, QUEUED ->
                    WaitingRules.decide(draft, observation);
            case RUNNING -> RunningRules.decide(draft, observation);
            case VERIFYING -> VerifyingRules.decide(draft, observation);
            case HELD -> HeldRules.decide(draft, observation);
            case SUCCEEDED, FAILED, ROLLED_BACK, REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> {}
            case STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException(draft.promotion().getName() + " has no state");
        }
    }

    /** A short outage fails nothing: it is told, with the time it began. */
    private static void unreachable(Draft draft, Observation.Unreachable silent) {
        Instant now = draft.situation().now();
        long since = draft.notes().unreachableMillis();
        long began = since == 0 ? now.toEpochMilli() : since;
        draft.set(draft.notes().unreachableSince(began));
        String message =
                silent.cluster()
                        + " does not answer since "
                        + Instant.ofEpochMilli(began)
                        + " ("
                        + silent.message()
                        + ")";
        Duration limit = draft.situation().limits().unreachable();
        if (now.toEpochMilli() - began < limit.toMillis()) {
            if (since == 0) {
                draft.message(message + "; tries again");
            }
            return;
        }
        giveUp(draft, FailureCause.CLUSTER_UNREACHABLE, message + "; gave up");
    }

    private static void broken(Draft draft, Observation.Broken broken) {
        giveUp(draft, FailureCause.INTERNAL, broken.message());
    }

    /** Ends a promotion about which nothing more can be found out. */
    private static void giveUp(Draft draft, FailureCause cause, String message) {
        Promotion.State state = draft.promotion().getState();
        switch (state) {
            case PLANNING, QUEUED -> draft.fail(PromotionEvent.PLAN_FAILED, cause, message);
            case RUNNING -> {
                draft.take(
                        RolloutRules.giveUp(
                                draft.promotion().getRollout(),
                                draft.notes().jobs(),
                                message,
                                draft.situation().now()));
                draft.fail(
                        PromotionEvent.ROLLOUT_FAILED,
                        cause,
                        message + "; what runs is what Nomad made of it");
            }
            default -> draft.message(message);
        }
    }
}
