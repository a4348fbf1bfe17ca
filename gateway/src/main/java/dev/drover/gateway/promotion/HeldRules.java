package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.Instant;

/** What follows for a promotion that failed and is held for a person. */
final class HeldRules {
    private HeldRules() {}

    static void hold(Draft draft) {
        Ending ending = draft.notes().ending();
        draft.set(draft.notes().with(ending.held(draft.situation().now())));
        draft.fail(PromotionEvent.HELD, ending.cause(), told(draft));
    }

    static void decide(Draft draft, Observation observation) {
        if (observation instanceof Observation.Held held) {
            if (draft.notes().ending().abortedBy().isEmpty()) {
                // Each hour another text, which the log and all watchers get.
                draft.message(told(draft));
            } else if (Rollbacks.possible(draft, held.after())) {
                Rollbacks.start(draft, held.after());
            } else {
                end(draft, Rollbacks.left(draft, held.after()));
            }
        }
    }

    /** Ends the hold; all is left as it is. */
    static void end(Draft draft, String message) {
        draft.fail(PromotionEvent.HOLD_ENDED, draft.notes().ending().cause(), message);
    }

    /** A rollback that a person asks for takes its place, if it comes to run. */
    static void takenBackBy(Draft draft, Promotion rollback, String by) {
        Ending ending = draft.notes().ending();
        draft.set(draft.notes().with(ending.aborted(by)));
        draft.set(draft.promotion().toBuilder().setRolledBackBy(rollback.getName()).build());
        draft.fire(
                PromotionEvent.ROLLBACK_STARTED,
                "%s; %s is to bring back %s"
                        .formatted(ending.message(), rollback.getName(), rollback.getRelease()));
    }

    /** Whether a rollback of what is held ended before it changed anything. */
    static boolean holdsOn(Draft draft, Promotion rollback) {
        return draft.notes().ending().heldMillis() > 0 && !rollback.hasStartTime();
    }

    /** Nothing came of its rollback: a person has to decide again. */
    static void holdOn(Draft draft, Promotion rollback) {
        String why =
                "the rollback %s ended %s: %s"
                        .formatted(
                                rollback.getName(),
                                rollback.getState(),
                                rollback.getStateMessage());
        draft.set(draft.notes().with(draft.notes().ending().heldOn(why)));
        draft.set(draft.promotion().toBuilder().clearRolledBackBy().build());
        draft.fire(PromotionEvent.HELD, told(draft));
    }

    private static String told(Draft draft) {
        Ending ending = draft.notes().ending();
        Instant since = Instant.ofEpochMilli(ending.heldMillis());
        long hours = Duration.between(since, draft.situation().now()).toHours();
        String back =
                draft.lane()
                        .good()
                        .map(good -> "abort (brings back " + Names.id(good.release()) + ")")
                        .orElse("abort is not possible, since nothing succeeded here before");
        return "%s; held for a person since %s%s: retry, %s, or cancel (leaves all as it is)"
                .formatted(ending.message(), since, hours > 0 ? ", " + hours + " h" : "", back);
    }
}
