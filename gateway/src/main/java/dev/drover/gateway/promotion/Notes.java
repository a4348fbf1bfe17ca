package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.JobNotes;
import java.util.List;
import java.util.Map;

/**
 * What the engine remembers of a promotion beyond what the promotion shows. Times are milliseconds
 * since 1970, 0 for never.
 *
 * @param requesterGroups groups of the one who asked
 * @param restore what a rollback brings back
 * @param jobs by job
 * @param ending whether the rollout is being ended
 * @param unreachableMillis since when the cluster does not answer
 * @param waitingMillis since when rules or people are waited for
 */
record Notes(
        List<String> requesterGroups,
        Restore restore,
        Map<String, JobNotes> jobs,
        Ending ending,
        long unreachableMillis,
        long waitingMillis) {
    Notes {
        requesterGroups = List.copyOf(requesterGroups);
        jobs = Map.copyOf(jobs);
    }

    /**
     * What a rollback brings back.
     *
     * @param inPlace whether it takes over the lane from what it takes back, which waits for its
     *     end: one that the engine asked for, or of a promotion that is held
     * @param promotion the promotion whose rendered jobs are brought back; empty: no rollback
     * @param jobs the jobs to bring back; empty: all
     * @param left those of them that earlier promotions changed and left, with the job modify index
     *     that they were left at: with another one they are somebody else's
     */
    record Restore(boolean inPlace, String promotion, List<String> jobs, Map<String, Long> left) {
        static final Restore NONE = new Restore(false, "", List.of());

        Restore {
            jobs = List.copyOf(jobs);
            // Notes of older gateways have none.
            left = left == null ? Map.of() : Map.copyOf(left);
        }

        Restore(boolean inPlace, String promotion, List<String> jobs) {
            this(inPlace, promotion, jobs, Map.of());
        }
    }

    static Notes requested(List<String> groups, Restore restore) {
        return new Notes(groups, restore, Map.of(), Ending.NONE, 0, 0);
    }

    Notes with(Map<String, JobNotes> changed) {
        return new Notes(
                requesterGroups, restore, changed, ending, unreachableMillis, waitingMillis);
    }

    Notes with(Ending wanted) {
        return new Notes(requesterGroups, restore, jobs, wanted, unreachableMillis, waitingMillis);
    }

    Notes unreachableSince(long millis) {
        return new Notes(requesterGroups, restore, jobs, ending, millis, waitingMillis);
    }

    Notes waitingSince(long millis) {
        return new Notes(requesterGroups, restore, jobs, ending, unreachableMillis, millis);
    }
}
