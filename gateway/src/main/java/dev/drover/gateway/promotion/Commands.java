package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.rollout.PersonRules;
import dev.drover.gateway.rollout.RolloutStep;
import dev.drover.gateway.verification.Runs;
import dev.drover.v1.Promotion;
import dev.drover.v1.VerificationRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people may do to a promotion; pure. The engine is woken by the commit and goes on. */
final class Commands {
    private Commands() {}

    static void cancel(Draft draft, Principal caller, String reason) {
        Promotion promotion = draft.promotion();
        allow(
                promotion,
                "cancelled",
                List.of(
                        Promotion.State.PLANNING,
                        Promotion.State.BLOCKED,
                        Promotion.State.PENDING_APPROVAL,
                        Promotion.State.QUEUED,
                        Promotion.State.RUNNING,
                        Promotion.State.VERIFYING,
                        Promotion.State.HELD));
        if (promotion.getState() == Promotion.State.HELD) {
            HeldCommands.giveUp(draft, caller, reason);
            return;
        }
        if (PromotionStates.waits(promotion)) {
            draft.fire(
                    PromotionEvent.CANCELLED, "cancelled by " + caller.account() + ": " + reason);
            return;
        }
        if (draft.notes().ending().wanted() || !promotion.getRolledBackBy().isEmpty()) {
            throw notNow(promotion, "it is being ended already: " + promotion.getStateMessage());
        }
        draft.set(draft.notes().with(Ending.cancelled(caller.account(), reason)));
        draft.message("being cancelled by " + caller.account() + ": " + reason);
        draft.audit("promotion.cancel", caller.account() + " cancels it while it runs: " + reason);
    }

    static void advance(Draft draft, Principal caller, String reason) {
        Promotion promotion = draft.promotion();
        allow(promotion, "advanced", List.of(Promotion.State.RUNNING, Promotion.State.VERIFYING));
        if (promotion.getState() == Promotion.State.VERIFYING
                || promotion.getVerificationRunsList().stream().anyMatch(Runs::inconclusive)) {
            accept(draft, caller, reason);
            return;
        }
        String message =
                "advanced by " + caller.account() + (reason.isEmpty() ? "" : ": " + reason);
        RolloutStep step =
                PersonRules.advance(
                        promotion.getRollout(),
                        draft.notes().jobs(),
                        message,
                        draft.situation().now());
        if (step.changes().isEmpty() || draft.notes().ending().wanted()) {
            throw notNow(
                    promotion,
                    "none of its phases waits for a person or for time; it is at: %s; advance it when a phase says so, or pause or abort it"
                            .formatted(promotion.getStateMessage()));
        }
        draft.take(step);
        draft.message(message);
        draft.audit("promotion.advance", message);
    }

    /** A person's word for what the measurements cannot tell. */
    private static void accept(Draft draft, Principal caller, String reason) {
        Promotion.Builder promotion = draft.promotion().toBuilder();
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < promotion.getVerificationRunsCount(); i++) {
            VerificationRun run = promotion.getVerificationRuns(i);
            if (Runs.inconclusive(run)) {
                promotion.setVerificationRuns(i, Runs.accept(run, caller.account(), reason));
                accepted.add(Runs.id(run));
            }
        }
        if (accepted.isEmpty() || draft.notes().ending().wanted()) {
            throw notNow(draft.promotion(), "none of its verifications waits for a person");
        }
        String message =
                "%s accepted by %s%s"
                        .formatted(
                                String.join(", ", accepted),
                                caller.account(),
                                reason.isEmpty() ? "" : ": " + reason);
        draft.set(promotion.build());
        draft.message(message);
        draft.audit("promotion.advance", message);
    }

    static void pause(Draft draft, Principal caller, String reason) {
        Promotion promotion = draft.promotion();
        allow(promotion, "paused", List.of(Promotion.State.RUNNING));
        String note = "paused by " + caller.account() + ": " + reason;
        RolloutStep step =
                PersonRules.pause(
                        promotion.getRollout(),
                        draft.notes().jobs(),
                        note,
                        draft.situation().now());
        if (step.changes().isEmpty() || draft.notes().ending().wanted()) {
            throw notNow(promotion, "none of its phases is under way");
        }
        draft.take(step);
        draft.message(note);
        draft.audit("promotion.pause", note);
    }

    static void resume(Draft draft, Principal caller, String reason) {
        Promotion promotion = draft.promotion();
        allow(promotion, "resumed", List.of(Promotion.State.RUNNING));
        String note = "resumed by " + caller.account() + (reason.isEmpty() ? "" : ": " + reason);
        RolloutStep step =
                PersonRules.resume(
                        promotion.getRollout(), draft.notes().jobs(), draft.situation().now());
        if (step.changes().isEmpty() || draft.notes().ending().wanted()) {
            throw notNow(promotion, "none of its phases was paused");
        }
        draft.take(step);
        draft.message(note);
        draft.audit("promotion.resume", note);
    }

    static void abort(Draft draft, Principal caller, String reason) {
        allow(
                draft.promotion(),
                "aborted",
                List.of(Promotion.State.RUNNING, Promotion.State.VERIFYING, Promotion.State.HELD));
        if (draft.promotion().getState() == Promotion.State.HELD) {
            HeldCommands.goBack(draft, caller, reason);
        } else {
            cancel(draft, caller, reason);
        }
    }

    /** Refuses what the state does not allow, with the states that would. */
    static void allow(Promotion promotion, String done, List<Promotion.State> allowed) {
        if (!allowed.contains(promotion.getState())) {
            String states =
                    allowed.stream()
                            .distinct()
                            .map(Promotion.State::name)
                            .collect(Collectors.joining(", "));
            throw new GatewayException(
                    Reason.TRANSITION_NOT_ALLOWED,
                    "%s is %s and cannot be %s; that is possible in %s"
                            .formatted(promotion.getName(), promotion.getState(), done, states),
                    violation(promotion, "it is " + promotion.getState())
                            .with("current_state", promotion.getState().name())
                            .with("allowed_states", states));
        }
    }

    static GatewayException notNow(Promotion promotion, String why) {
        return new GatewayException(
                Reason.TRANSITION_NOT_ALLOWED,
                promotion.getName() + ": " + why,
                violation(promotion, why).with("current_state", promotion.getState().name()));
    }

    private static ErrorDetails violation(Promotion promotion, String why) {
        return ErrorDetails.preconditions(
                List.of(new PreconditionViolation("STATE", promotion.getName(), why)));
    }
}
