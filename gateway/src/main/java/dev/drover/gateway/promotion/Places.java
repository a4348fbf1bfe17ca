package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;
import java.util.List;

/** Tells where a waiting promotion stands, and what it waits for. */
final class Places {
    private Places() {}

    /** Keeps the fields about its place as they are at the end of a step. */
    static Draft tell(Draft draft, Observation observation) {
        Promotion promotion = draft.promotion();
        if (observation instanceof Observation.NoRoom full) {
            return set(draft, full.sight().before() + 1, full.sight().place().place());
        }
        return PromotionStates.waits(promotion)
                ? set(draft, draft.order().position(promotion.getName()), awaited(draft))
                : clear(draft);
    }

    /** It waits no more. */
    static Draft clear(Draft draft) {
        return set(draft, 0, "");
    }

    private static Draft set(Draft draft, int position, String awaited) {
        return draft.set(
                draft.promotion().toBuilder()
                        .setQueuePosition(position)
                        .setWaitingFor(awaited)
                        .build());
    }

    /** The promotion that has to go on or away first. */
    private static String awaited(Draft draft) {
        Promotion promotion = draft.promotion();
        if (promotion.getState() != Promotion.State.QUEUED
                || draft.order().turn(promotion, draft.notes())) {
            return "";
        }
        return before(draft);
    }

    private static String before(Draft draft) {
        String running = draft.lane().running();
        List<String> line = draft.order().line();
        return running.isEmpty() && !line.isEmpty() ? line.getFirst() : running;
    }

    /** Its place in the lane, in one line. */
    static String told(Draft draft) {
        Promotion promotion = draft.promotion();
        if (draft.order().turn(promotion, draft.notes())) {
            return "next in the lane";
        }
        int position = draft.order().position(promotion.getName());
        String running = draft.lane().running();
        if (!running.isEmpty()) {
            return "number %d in the lane; %s runs".formatted(position, running);
        }
        String first = before(draft);
        return draft.lane().queue().contains(first)
                ? "number %d in the lane; %s is next".formatted(position, first)
                : "number %d in the lane; %s is before it and keeps its place until people have decided"
                        .formatted(position, first);
    }
}
