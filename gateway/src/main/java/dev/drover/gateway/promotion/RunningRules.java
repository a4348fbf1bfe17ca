package dev.drover.gateway.promotion;

import dev.drover.gateway.decision.Halting;
import dev.drover.gateway.rollout.EffectOutcome;
import dev.drover.gateway.rollout.HaltRules;
import dev.drover.gateway.rollout.JobSight;
import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.gateway.rollout.RolloutStep;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rollout;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** What follows for a promotion whose rollout is under way. */
final class RunningRules {
    private RunningRules() {}

    static void decide(Draft draft, Observation observation) {
        switch (observation) {
            case Observation.Settled settled -> settled(draft, settled);
            case Observation.Seen seen -> seen(draft, seen);
            default -> {}
        }
    }

    private static void settled(Draft draft, Observation.Settled settled) {
        Situation situation = draft.situation();
        RolloutStep step =
                rules(situation)
                        .settle(
                                draft.promotion().getRollout(),
                                draft.notes().jobs(),
                                settled.effect(),
                                settled.outcome(),
                                situation.now());
        draft.take(step);
        if (settled.outcome() instanceof EffectOutcome.Registered
                || settled.outcome() instanceof EffectOutcome.Stopped) {
            draft.set(draft.lane().changed());
        }
        endIfFailed(draft, step);
    }

    private static void seen(Draft draft, Observation.Seen seen) {
        if (draft.notes().ending().wanted()) {
            end(draft, seen);
            return;
        }
        seen.verified().ifPresent(verified -> VerificationRules.take(draft, verified));
        halt(draft, seen.halting());
        Situation situation = draft.situation();
        RolloutStep step =
                new RolloutRules(
                                situation.promotion().getName(),
                                situation.limits().rollout(),
                                VerificationRules.ofPhases(draft.promotion(), situation.now()))
                        .decide(
                                draft.promotion().getRollout(),
                                draft.notes().jobs(),
                                seen.jobs(),
                                !seen.halting().halted(),
                                situation.now());
        draft.take(step);
        endIfFailed(draft, step);
        if (step.failure().isPresent()) {
            return;
        }
        draft.message(progress(draft.promotion(), seen.halting()));
        // Effects of the last phases are done first.
        if (step.ended() && step.effects().isEmpty()) {
            draft.fire(PromotionEvent.ROLLED_OUT, "every job is out");
        }
    }

    /** Told and audited once when it begins and when it ends; what people paused is theirs. */
    private static void halt(Draft draft, Halting halting) {
        Rollout rollout = draft.promotion().getRollout();
        Instant now = draft.situation().now();
        if (halting.halted()) {
            RolloutStep step =
                    HaltRules.halt(
                            rollout, draft.notes().jobs(), halting.reason(), halting.note(), now);
            if (!step.changes().isEmpty()) {
                draft.take(step);
                draft.audit("promotion.halt", halting.note());
            }
            return;
        }
        RolloutStep step = HaltRules.goOn(rollout, draft.notes().jobs(), now);
        if (!step.changes().isEmpty()) {
            draft.take(step);
            draft.audit("promotion.continue", "nothing halts it any more; it goes on");
        }
    }

    private static void endIfFailed(Draft draft, RolloutStep step) {
        if (step.failure().isPresent() && !draft.notes().ending().wanted()) {
            String message = step.failure().get().message();
            draft.set(draft.notes().with(Ending.failed(step.failure().get().cause(), message)));
            draft.message("failed: " + message);
        }
    }

    /** Closes what is open, then brings back what ran before, or ends. */
    private static void end(Draft draft, Observation.Seen seen) {
        VerificationRules.stop(draft);
        Situation situation = draft.situation();
        Ending ending = draft.notes().ending();
        Map<String, JobSight> jobs = seen.jobs();
        RolloutStep step =
                rules(situation)
                        .abort(
                                draft.promotion().getRollout(),
                                draft.notes().jobs(),
                                jobs,
                                ending.byPerson()
                                        ? "cancelled by " + ending.cancelledBy()
                                        : "stopped because another job failed",
                                situation.now());
        draft.take(step);
        if (!step.ended() || !step.effects().isEmpty()) {
            return;
        }
        FailureRules.end(draft, seen.after(), PromotionEvent.ROLLOUT_FAILED);
    }

    private static RolloutRules rules(Situation situation) {
        return new RolloutRules(situation.promotion().getName(), situation.limits().rollout());
    }

    private static String progress(Promotion promotion, Halting halting) {
        String open =
                promotion.getRollout().getPhasesList().stream()
                        .filter(phase ->
                                phase.getState() == Phase.State.RUNNING
                                        || phase.getState() == Phase.State.PAUSED)
                        .map(phase -> phase.getJob() + ": " + told(phase))
                        .collect(Collectors.joining("; "));
        if (!open.isEmpty()) {
            return open;
        }
        return halting.halted() ? halting.note() : promotion.getStateMessage();
    }

    private static String told(Phase phase) {
        return phase.getPauseNote().isEmpty()
                ? phase.getMessage()
                : phase.getPauseNote() + "; " + phase.getMessage();
    }
}
