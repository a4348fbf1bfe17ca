package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.Principal;
import dev.drover.v1.Promotion;

/** What people may decide about a promotion that failed and is held for them; pure. */
final class HeldCommands {
    private HeldCommands() {}

    /** Leaves all as it is and frees the lane. */
    static void giveUp(Draft draft, Principal caller, String reason) {
        undecided(draft);
        HeldRules.end(
                draft,
                "%s; given up by %s: %s; changed and left as they are: %s"
                        .formatted(
                                draft.notes().ending().message(),
                                caller.account(),
                                reason,
                                String.join(", ", Rollbacks.changedJobs(draft))));
    }

    /** Brings back what ran before, as the engine would have done by itself. */
    static void goBack(Draft draft, Principal caller, String reason) {
        undecided(draft);
        if (draft.lane().good().isEmpty()) {
            throw Commands.notNow(
                    draft.promotion(),
                    "nothing succeeded here before, so there is nothing to bring back; retry or cancel it");
        }
        Ending ending = draft.notes().ending();
        draft.set(draft.notes().with(ending.aborted(caller.account() + ": " + reason)));
        String message = "being aborted by " + caller.account() + ": " + reason;
        draft.message(message);
        draft.audit("promotion.abort", message);
    }

    /** Ends in favour of another attempt. */
    static void tryAgain(Draft draft, Principal caller, String retry) {
        undecided(draft);
        HeldRules.end(
                draft,
                "%s; tried again by %s as %s"
                        .formatted(draft.notes().ending().message(), caller.account(), retry));
    }

    /** Ends, if the rollback comes to run, by what a person wants brought back. */
    static void rollBack(Draft draft, Principal caller, Promotion rollback) {
        undecided(draft);
        HeldRules.takenBackBy(draft, rollback, caller.account() + ": " + rollback.getReason());
    }

    private static void undecided(Draft draft) {
        if (!draft.notes().ending().abortedBy().isEmpty()) {
            throw Commands.notNow(
                    draft.promotion(),
                    "it is being ended already: " + draft.promotion().getStateMessage());
        }
    }
}
