package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.JobNotes;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
                && changes(draft, after)
                && draft.lane().good().isPresent();
    }

    /** Whether to go back would change anything that this one, or one before it, left. */
    private static boolean changes(Draft draft, AfterFailure after) {
        return !restored(draft, after).isEmpty()
                || (!changedJobs(draft).isEmpty() && !leftBefore(draft).isEmpty());
    }

    /** A job that would get the specification that it has would fail with it again. */
    private static List<String> restored(Draft draft, AfterFailure after) {
        return changedJobs(draft).stream().filter(job -> !after.same().contains(job)).toList();
    }

    /** What promotions before this one changed and left, and this one has not touched. */
    private static Map<String, Long> leftBefore(Draft draft) {
        Map<String, Long> left = new TreeMap<>(draft.lane().left());
        left.keySet().removeAll(changedJobs(draft));
        return left;
    }

    private static Notes.Restore restore(Draft draft, AfterFailure after, String rendered) {
        Map<String, Long> before = leftBefore(draft);
        List<String> jobs = new ArrayList<>(restored(draft, after));
        jobs.addAll(before.keySet());
        return new Notes.Restore(true, rendered, jobs, before);
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
                        + ending.message()
                        + alsoLeft(draft);
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
        Notes notes = Notes.requested(List.of(), restore(draft, after, good.rendered()));
        draft.set(draft.lane().opened(name, LaneMark.Rank.AUTOMATIC_ROLLBACK));
        draft.set(failed.toBuilder().setRolledBackBy(name).setFailureCause(ending.cause()).build());
        draft.fire(PromotionEvent.ROLLBACK_STARTED, underWay(ending, rollback));
        draft.rollback(new Step.NewPromotion(rollback, notes));
    }

    /** What a promotion says while its rollback is not over: also what that one is held by. */
    static String underWay(Ending ending, Promotion rollback) {
        String name = rollback.getName();
        String what = cause(ending) + "; " + name + " brings back " + rollback.getRelease();
        return switch (rollback.getState()) {
            case BLOCKED, PENDING_APPROVAL ->
                    "%s, but is %s: %s"
                            .formatted(what, rollback.getState(), rollback.getStateMessage());
            default -> what;
        };
    }

    private static String alsoLeft(Draft draft) {
        Map<String, Long> before = leftBefore(draft);
        return before.isEmpty()
                ? ""
                : "; with what was changed and left before: " + String.join(", ", before.keySet());
    }

    /** The jobs that it changed and that are as it left them, with their job modify index. */
    static Map<String, Long> leftBehind(Draft draft) {
        boolean foreign = draft.promotion().getFailureCause() == FailureCause.CHANGED_OUT_OF_BAND;
        Map<String, Long> left = new TreeMap<>();
        for (Phase phase : draft.promotion().getRollout().getPhasesList()) {
            JobNotes notes = draft.notes().jobs().get(phase.getJob());
            if (notes != null && notes.touched()) {
                left.merge(
                        phase.getJob(),
                        notes.registration().registered()
                                ? phase.getJobModifyIndex()
                                : notes.registration().expectedIndex(),
                        Math::max);
            }
        }
        // What somebody else made of a job is theirs.
        draft.promotion().getRollout().getPhasesList().stream()
                .filter(phase -> foreign && phase.getState() == Phase.State.FAILED)
                .forEach(phase -> left.remove(phase.getJob()));
        return left;
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
        return !changes(draft, after) ? ", since what ran before is the same specification" : "";
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
