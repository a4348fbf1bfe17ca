package dev.drover.gateway.promotion;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.v1.Promotion;
import dev.drover.v1.Sample;
import dev.drover.v1.VerificationRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** The same with every text that Nomad or a task may have written changed so. */
    Step texts(UnaryOperator<String> change) {
        return new Step(
                texts(promotion, change),
                notes.with(notes.ending().texts(change)),
                lane,
                events,
                effects,
                audit.stream()
                        .map(event ->
                                new AuditEvent(
                                        event.actor(),
                                        event.action(),
                                        event.resource(),
                                        change.apply(event.summary()),
                                        event.details(),
                                        event.requestId()))
                        .toList(),
                rendering,
                rollback.map(
                        made -> new NewPromotion(texts(made.promotion(), change), made.notes())));
    }

    private static Promotion texts(Promotion promotion, UnaryOperator<String> change) {
        Promotion.Builder changed =
                promotion.toBuilder()
                        .setStateMessage(change.apply(promotion.getStateMessage()))
                        .setReason(change.apply(promotion.getReason()));
        changed.getRolloutBuilder()
                .getPhasesBuilderList()
                .forEach(phase ->
                        phase.setMessage(change.apply(phase.getMessage()))
                                .setPauseNote(change.apply(phase.getPauseNote())));
        changed.getVerificationRunsBuilderList().forEach(run -> texts(run, change));
        return promotion.hasRollout() ? changed.build() : changed.clearRollout().build();
    }

    /** Of what was measured only the last is new; the others were changed when they were. */
    private static void texts(VerificationRun.Builder run, UnaryOperator<String> change) {
        run.setMessage(change.apply(run.getMessage()));
        if (run.getSamplesCount() == 0) {
            return;
        }
        Sample.Builder last = run.getSamplesBuilder(run.getSamplesCount() - 1);
        last.setMessage(change.apply(last.getMessage()));
        last.setRequest(change.apply(last.getRequest()));
        Map<String, String> values = new LinkedHashMap<>();
        last.getValuesMap().forEach((part, value) -> values.put(part, change.apply(value)));
        last.clearValues().putAllValues(values);
    }

    /** A promotion that does not exist yet. */
    record NewPromotion(Promotion promotion, Notes notes) {}
}
