package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.JobNotes;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Optional;

/**
 * Bringing back what ran before a rollout that failed or was cancelled: a promotion of its own,
 * that restores the jobs which this one changed.
 */
final class Rollbacks {
    private static final int NAME_MAX = 63;
    private static final String SUFFIX = "-rollback";

    private Rollbacks() {}

    /** Whether there is something to bring back. */
    static boolean possible(Draft draft, AfterFailure after) {
        Ending ending = draft.notes().ending();
        return draft.promotion().getKind() == Promotion.Kind.RELEASE
                // What somebody else made of the job is never overwritten.
                && ending.cause() != FailureCause.CHANGED_OUT_OF_BAND
                && !restored(draft, after).isEmpty()
                && draft.lane().good().isPresent();
    }

    /** A job that would get the specification that it has would fail with it again. */
    private static List<String> restored(Draft draft, AfterFailure after) {
        return changedJobs(draft).stream().filter(job -> !after.same().contains(job)).toList();
    }

    static void start(Draft draft, AfterFailure after) {
        Promotion failed = draft.promotion();
        Lane.Success good = draft.lane().good().orElseThrow();
        Ending ending = draft.notes().ending();
        String name = draft.situation().rollbackName();
        String reason =
                "brings back "
                        + good.release()
                        + " because "
                        + failed.getName()
                        + (ending.byPerson() ? " was cancelled: " : " failed: ")
                        + ending.message();
        Promotion rollback =
                Promotion.newBuilder()
                        .setName(name)
                        .setKind(Promotion.Kind.ROLLBACK)
                        .setEnvironment(failed.getEnvironment())
                        .setRelease(good.release())
                        .setApplication(failed.getApplication())
                        .setReason(reason)
                        .setRequester("drover")
                        .setRollbackOf(failed.getName())
                        .setState(Promotion.State.PLANNING)
                        .setStateMessage("waits to be planned")
                        .build();
        Notes notes =
                Notes.requested(
                        List.of(),
                        new Notes.Restore(true, good.rendered(), restored(draft, after)));
        draft.set(draft.lane().opened(name, LaneMark.Rank.AUTOMATIC_ROLLBACK));
        draft.set(failed.toBuilder().setRolledBackBy(name).setFailureCause(ending.cause()).build());
        draft.fire(
                PromotionEvent.ROLLBACK_STARTED,
                cause(ending) + "; " + name + " brings back " + good.release());
        draft.rollback(new Step.NewPromotion(rollback, notes));
    }

    /** What an end without a rollback leaves behind, for people. */
    static String left(Draft draft, AfterFailure after) {
        String text = cause(draft.notes().ending());
        List<String> changed = changedJobs(draft);
        if (changed.isEmpty()) {
            return text + "; no job was changed";
        }
        return text
                + "; not rolled back"
                + why(draft, after)
                + "; changed and left as they are: "
                + String.join(", ", changed);
    }

    private static String why(Draft draft, AfterFailure after) {
        if (draft.promotion().getKind() != Promotion.Kind.RELEASE) {
            return "";
        }
        if (draft.lane().good().isEmpty()) {
            return ", since nothing succeeded here before";
        }
        return restored(draft, after).isEmpty()
                ? ", since what ran before is the same specification"
                : "";
    }

    static String cause(Ending ending) {
        if (ending.byPerson()) {
            return "cancelled by " + ending.cancelledBy() + ": " + ending.message();
        }
        return ending.message()
                + (ending.abortedBy().isEmpty() ? "" : "; aborted by " + ending.abortedBy());
    }

    /** The last segment of the name that a rollback gets; a number follows where it is taken. */
    static String id(String promotion, int attempt) {
        String id = promotion.substring(promotion.lastIndexOf('/') + 1);
        String suffix = attempt == 0 ? SUFFIX : SUFFIX + "-" + (attempt + 1);
        return id.substring(0, Math.min(id.length(), NAME_MAX - suffix.length())) + suffix;
    }

    static List<String> changedJobs(Draft draft) {
        return draft.promotion().getRollout().getPhasesList().stream()
                .map(Phase::getJob)
                .distinct()
                .filter(job ->
                        Optional.ofNullable(draft.notes().jobs().get(job))
                                .filter(JobNotes::touched)
                                .isPresent())
                .toList();
    }
}
