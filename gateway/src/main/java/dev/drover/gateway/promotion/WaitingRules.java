package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.v1.Decision;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What follows for a promotion that does not run yet. */
final class WaitingRules {
    private WaitingRules() {}

    static void decide(Draft draft, Observation observation) {
        switch (observation) {
            case Observation.PlanRefused refused ->
                    draft.fail(
                            PromotionEvent.PLAN_FAILED,
                            FailureCause.PLAN_FAILED,
                            refused.message());
            case Observation.Planned planned -> {
                if (draft.promotion().getState() == Promotion.State.QUEUED) {
                    replanned(draft, planned);
                } else {
                    planned(draft, planned);
                }
            }
            case Observation.Judged judged -> judged(draft, judged);
            case Observation.NotItsTurn notYet -> draft.message(Places.told(draft));
            case Observation.NoRoom full -> draft.message(Rooms.told(full.sight()));
            case Observation.Superseded superseded -> superseded(draft, superseded.by());
            default -> {}
        }
    }

    private static void planned(Draft draft, Observation.Planned planned) {
        withPlan(draft, planned);
        gate(draft, planned.decision());
    }

    private static void judged(Draft draft, Observation.Judged judged) {
        if (judged.stale()) {
            draft.set(draft.lane().blocked(draft.promotion().getName(), false));
            draft.fire(
                    PromotionEvent.PLAN_CHANGED,
                    "what the plan was made of has changed; it is made again");
            return;
        }
        Instant now = draft.situation().now();
        long since = draft.notes().waitingMillis();
        if (since > 0
                && now.toEpochMilli() - since
                        >= draft.situation().limits().undecided().toMillis()) {
            draft.fire(
                    PromotionEvent.EXPIRED, "nobody decided since " + Instant.ofEpochMilli(since));
            return;
        }
        ApprovalWords.take(draft, judged.words(), draft.promotion().getPlan().getDigest());
        if (differs(draft.promotion().getDecision(), judged.decision())) {
            draft.set(draft.promotion().toBuilder().setDecision(judged.decision()).build());
        }
        gate(draft, judged.decision());
    }

    /** The plan is made again right before it runs: nothing runs that nobody allowed. */
    private static void replanned(Draft draft, Observation.Planned planned) {
        String before = draft.promotion().getPlan().getDigest();
        String after = planned.plan().getDigest();
        if (!before.equals(after)) {
            ApprovalWords.take(draft, planned.words(), after);
            draft.set(draft.lane().unqueued(draft.promotion().getName()));
            draft.fire(
                    PromotionEvent.PLAN_CHANGED,
                    "the plan changed while it waited; approvals of the old one are void");
            return;
        }
        withPlan(draft, planned);
        if (planned.decision().getVerdict() == Verdict.ALLOW) {
            if (draft.order().turn(draft.promotion(), draft.notes())) {
                start(draft, planned);
            } else {
                draft.message(Places.told(draft));
            }
        } else {
            draft.set(draft.lane().unqueued(draft.promotion().getName()));
            gate(draft, planned.decision());
        }
    }

    private static void withPlan(Draft draft, Observation.Planned planned) {
        draft.set(
                draft.promotion().toBuilder()
                        .setPlan(planned.plan())
                        .setDecision(planned.decision())
                        .build());
        ApprovalWords.take(draft, planned.words(), planned.plan().getDigest());
    }

    private static void gate(Draft draft, Decision decision) {
        Promotion.State state = draft.promotion().getState();
        PromotionEvent event =
                switch (decision.getVerdict()) {
                    case ALLOW -> PromotionEvent.ALLOWED;
                    case REQUIRE -> PromotionEvent.REQUIRES_APPROVAL;
                    case DENY, DEFER, VERDICT_UNSPECIFIED, UNRECOGNIZED -> PromotionEvent.DENIED;
                };
        if (event == PromotionEvent.ALLOWED) {
            draft.set(draft.notes().waitingSince(0));
            draft.set(draft.order().ready(draft.promotion().getName()));
            draft.fire(event, Places.told(draft));
            return;
        }
        if (draft.notes().waitingMillis() == 0) {
            draft.set(draft.notes().waitingSince(draft.situation().now().toEpochMilli()));
        }
        draft.set(
                draft.lane().blocked(draft.promotion().getName(), event == PromotionEvent.DENIED));
        String why = why(decision);
        if (PromotionStates.TABLE.next(state, event).isPresent()) {
            draft.fire(event, why);
        } else {
            draft.message(why);
        }
    }

    private static void start(Draft draft, Observation.Planned planned) {
        String previous = draft.lane().good().map(Lane.Success::release).orElse("");
        draft.set(draft.promotion().toBuilder().setPreviousRelease(previous).build());
        draft.set(draft.lane().started(draft.promotion().getName()));
        draft.keep(planned.rendering());
        draft.fire(PromotionEvent.STARTED, "Nomad is being changed");
        draft.take(RolloutRules.begin(planned.plan(), draft.situation().now()));
    }

    private static void superseded(Draft draft, String by) {
        draft.set(draft.promotion().toBuilder().setSupersededBy(by).build());
        draft.fire(
                PromotionEvent.SUPERSEDED,
                by + " is newer and every rule is met for it: in this environment the latest wins");
    }

    /** Whether anything but the times is another. */
    private static boolean differs(Decision before, Decision after) {
        return before.getVerdict() != after.getVerdict() || !texts(before).equals(texts(after));
    }

    private static List<String> texts(Decision decision) {
        return decision.getRulesList().stream()
                .map(rule -> rule.getRule() + rule.getVerdict() + rule.getMessage())
                .toList();
    }

    static String why(Decision decision) {
        List<RuleVerdict> no =
                decision.getRulesList().stream()
                        .filter(rule -> rule.getEnforcement().equals("ENFORCE"))
                        .filter(rule -> rule.getVerdict() != Verdict.ALLOW)
                        .toList();
        return no.isEmpty()
                ? "every rule is met"
                : no.stream()
                        .map(rule -> rule.getRule() + ": " + rule.getMessage())
                        .collect(Collectors.joining("; "));
    }
}
