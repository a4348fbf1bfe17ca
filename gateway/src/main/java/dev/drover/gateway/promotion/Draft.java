package dev.drover.gateway.promotion;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.gateway.rollout.RolloutStep;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step in the making: every change of state goes through the table and into the audit log. */
final class Draft {
    private final Situation situation;
    private final String actor;
    private final String requestId;
    private final List<PromotionEvent> events = new ArrayList<>();
    private final List<RolloutEffect> effects = new ArrayList<>();
    private final List<AuditEvent> audit = new ArrayList<>();
    private Promotion promotion;
    private Notes notes;
    private Lane lane;
    private Optional<Rendering> rendering = Optional.empty();
    private Optional<Step.NewPromotion> rollback = Optional.empty();

    Draft(Situation situation, String actor, String requestId) {
        this.situation = situation;
        this.actor = actor;
        this.requestId = requestId;
        this.promotion = situation.promotion();
        this.notes = situation.notes();
        this.lane = situation.lane();
    }

    /** By the engine itself. */
    static Draft of(Situation situation) {
        return new Draft(situation, "drover", "");
    }

    Promotion promotion() {
        return promotion;
    }

    Notes notes() {
        return notes;
    }

    Lane lane() {
        return lane;
    }

    /** The lane as it is in this step, ordered. */
    LaneOrder order() {
        return new LaneOrder(lane, situation.mode());
    }

    Situation situation() {
        return situation;
    }

    Draft set(Promotion changed) {
        promotion = changed;
        return this;
    }

    Draft set(Notes changed) {
        notes = changed;
        return this;
    }

    Draft set(Lane changed) {
        lane = changed;
        return this;
    }

    Draft message(String message) {
        promotion = promotion.toBuilder().setStateMessage(message).build();
        return this;
    }

    Draft keep(Rendering rendered) {
        rendering = Optional.of(rendered);
        return this;
    }

    Draft rollback(Step.NewPromotion made) {
        rollback = Optional.of(made);
        audit.add(
                new AuditEvent(
                        "drover",
                        "promotion.create",
                        made.promotion().getName(),
                        "asked for by itself: " + made.promotion().getReason(),
                        Map.of(
                                "state", made.promotion().getState().name(),
                                "rollback_of", promotion.getName()),
                        ""));
        return this;
    }

    /** Of a rollback that is done: the log of what it took back leads to it. */
    void tellTakenBack() {
        if (!promotion.getRollbackOf().isEmpty()) {
            audit.add(
                    new AuditEvent(
                            actor,
                            "promotion.takenback",
                            promotion.getRollbackOf(),
                            "%s brought back %s: %s"
                                    .formatted(
                                            promotion.getName(),
                                            promotion.getRelease(),
                                            promotion.getReason()),
                            Map.of("rolled_back_by", promotion.getName()),
                            requestId));
        }
    }

    /** Moves on, as the table says. */
    Draft fire(PromotionEvent event, String message) {
        Promotion.State from = promotion.getState();
        Promotion.State to = PromotionStates.TABLE.require(from, event);
        Promotion.Builder moved = promotion.toBuilder().setState(to).setStateMessage(message);
        if (event == PromotionEvent.STARTED) {
            moved.setStartTime(Times.timestamp(situation.now()));
        }
        if (PromotionStates.TABLE.terminal(to)) {
            moved.setEndTime(Times.timestamp(situation.now()));
        }
        promotion = moved.build();
        events.add(event);
        audit(event.action(), from + " -> " + to + ": " + message, details(from, to));
        return this;
    }

    Draft fail(PromotionEvent event, FailureCause cause, String message) {
        promotion = promotion.toBuilder().setFailureCause(cause).build();
        return fire(event, message);
    }

    /** Something that a person did and that moves no state. */
    Draft audit(String action, String summary) {
        audit(action, summary, details(promotion.getState(), promotion.getState()));
        return this;
    }

    /** Takes over what follows for the rollout. */
    Draft take(RolloutStep step) {
        promotion = promotion.toBuilder().setRollout(step.rollout()).build();
        notes = notes.with(step.notes());
        effects.addAll(step.effects());
        for (RolloutStep.Change change : step.changes()) {
            Map<String, String> details = details(promotion.getState(), promotion.getState());
            details.put("job", change.phase().getJob());
            details.put("phase", change.phase().getPlanned().getId());
            details.put("phase_state", change.phase().getState().name());
            audit(
                    "promotion.phase",
                    "%s/%s: %s -> %s: %s"
                            .formatted(
                                    change.phase().getJob(),
                                    change.phase().getPlanned().getId(),
                                    change.before(),
                                    change.phase().getState(),
                                    change.phase().getMessage()),
                    details);
        }
        return this;
    }

    Step done() {
        return new Step(promotion, notes, lane, events, effects, audit, rendering, rollback);
    }

    private void audit(String action, String summary, Map<String, String> details) {
        audit.add(new AuditEvent(actor, action, promotion.getName(), summary, details, requestId));
    }

    private Map<String, String> details(Promotion.State from, Promotion.State to) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("state_before", from.name());
        details.put("state", to.name());
        if (promotion.hasPlan()) {
            details.put("plan_digest", promotion.getPlan().getDigest());
        }
        if (promotion.getFailureCause() != FailureCause.FAILURE_CAUSE_UNSPECIFIED) {
            details.put("failure_cause", promotion.getFailureCause().name());
        }
        return details;
    }
}
