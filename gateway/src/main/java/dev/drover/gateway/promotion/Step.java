package dev.drover.gateway.promotion;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Optional;

/**
 * What follows: what has to be committed together.
 *
 * @param events what happened to the state, in order; empty where it stays
 * @param effects to be done after the commit
 * @param rendering what will be registered, kept from the start of the rollout on
 * @param rollback a promotion to be made that brings back what ran before
 */
record Step(
        Promotion promotion,
        Notes notes,
        Lane lane,
        List<PromotionEvent> events,
        List<RolloutEffect> effects,
        List<AuditEvent> audit,
        Optional<Rendering> rendering,
        Optional<NewPromotion> rollback) {
    Step {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
        audit = List.copyOf(audit);
    }

    /** A promotion that does not exist yet. */
    record NewPromotion(Promotion promotion, Notes notes) {}
}
