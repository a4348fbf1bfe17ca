package dev.drover.gateway.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One application in one environment: what runs there, what waits, and what is running to change
 * it.
 *
 * @param environmentUid which incarnation of the environment it is about: one that is made again
 *     under the same name begins anew
 * @param running the promotion that runs; empty: none. Written with the revision that was read, so
 *     that there is never a second one
 * @param queue promotions that every rule allows, in the order in which it did; {@link LaneOrder}
 *     tells who is next
 * @param open promotions that have not ended, in the order of their creation
 * @param successes what succeeded here, the newest first
 * @param intact whether what succeeded last still runs as it was
 * @param last the promotion that ended last
 * @param versions of jobs in Nomad, by job
 * @param marks what is to be known of open promotions, by name
 * @param since what was done to it since that succeeded
 */
record Lane(
        String environmentUid,
        String running,
        List<String> queue,
        List<String> open,
        List<Success> successes,
        boolean intact,
        String last,
        Map<String, Long> versions,
        Map<String, LaneMark> marks,
        Since since) {
    private static final int SUCCESSES_MAX = 50;

    static final Lane EMPTY = of("");

    Lane {
        queue = List.copyOf(queue);
        open = List.copyOf(open);
        successes = List.copyOf(successes);
        versions = Map.copyOf(versions);
        // Lanes of older gateways have none.
        marks = marks == null ? Map.of() : Map.copyOf(marks);
        since = since == null ? Since.NOTHING : since;
    }

    /**
     * What promotions did that brought no release; empty names: none did.
     *
     * @param stopped the promotion that stopped it, where nothing was started again
     * @param restarted the promotion that restarted it last
     * @param restartedMillis when that was done
     * @param left jobs that failures changed and left so, with the job modify index of then
     */
    record Since(String stopped, String restarted, long restartedMillis, Map<String, Long> left) {
        static final Since NOTHING = new Since("", "", 0, Map.of());

        Since {
            // Lanes of older gateways have none.
            left = left == null ? Map.of() : Map.copyOf(left);
        }

        Since started() {
            return new Since("", restarted, restartedMillis, left);
        }

        Since leaving(Map<String, Long> jobs) {
            return new Since(stopped, restarted, restartedMillis, jobs);
        }
    }

    /**
     * A promotion that succeeded.
     *
     * @param rendered the promotion that rendered what it brought: itself, or, of a rollback, the
     *     one that it brought back; or the one that scaled it since
     */
    record Success(String promotion, String release, long millis, String rendered) {
        Success {
            // Records of an older Drover have none.
            rendered = rendered == null ? promotion : rendered;
        }
    }

    /** What was brought here last with success. */
    Optional<Success> good() {
        return successes.stream().findFirst();
    }

    /** A lane in which nothing ever happened. */
    static Lane of(String environmentUid) {
        return new Lane(
                environmentUid,
                "",
                List.of(),
                List.of(),
                List.of(),
                false,
                "",
                Map.of(),
                Map.of(),
                Since.NOTHING);
    }

    /** What is to be known of an open promotion. */
    LaneMark mark(String promotion) {
        return marks.getOrDefault(promotion, LaneMark.of(LaneMark.Rank.RELEASE));
    }

    Lane opened(String promotion, LaneMark.Rank rank) {
        return with(running, queue, plus(open, promotion)).marked(promotion, LaneMark.of(rank));
    }

    Lane queued(String promotion) {
        return queue.contains(promotion) ? this : with(running, plus(queue, promotion), open);
    }

    Lane unqueued(String promotion) {
        return with(running, minus(queue, promotion), open);
    }

    Lane started(String promotion) {
        return with(promotion, minus(queue, promotion), open)
                .marked(promotion, mark(promotion).asBegun());
    }

    /** The same where a rule says no to a promotion, for now, or does not any more. */
    Lane blocked(String promotion, boolean blocked) {
        return marked(promotion, mark(promotion).blocked(blocked));
    }

    Lane marked(String promotion, LaneMark mark) {
        if (mark.equals(mark(promotion))) {
            return this;
        }
        Map<String, LaneMark> more = new TreeMap<>(marks);
        more.put(promotion, mark);
        return new Lane(
                environmentUid,
                running,
                queue,
                open,
                successes,
                intact,
                last,
                versions,
                more,
                since);
    }

    Lane changed() {
        return with(false, since.started());
    }

    /** Jobs that were changed since the last success and left so. */
    Map<String, Long> left() {
        return since.left();
    }

    /** The same with more of them, as whoever changed them has ended. */
    Lane leaving(Map<String, Long> jobs) {
        Map<String, Long> more = new TreeMap<>(left());
        more.putAll(jobs);
        return with(intact, since.leaving(more));
    }

    /** The promotion has stopped what succeeded last. */
    Lane stopped(String promotion) {
        return with(
                false, new Since(promotion, since.restarted(), since.restartedMillis(), left()));
    }

    /** The promotion has restarted what succeeded last. */
    Lane restarted(String promotion, long millis) {
        return with(intact, new Since(since.stopped(), promotion, millis, left()));
    }

    private Lane with(boolean asItWas, Since changed) {
        return new Lane(
                environmentUid,
                running,
                queue,
                open,
                successes,
                asItWas,
                last,
                versions,
                marks,
                changed);
    }

    /** The promotion has ended; where it ran, the lane goes to the next holder. */
    Lane ended(String promotion, String nextHolder) {
        String holder = running.equals(promotion) ? nextHolder : running;
        Map<String, LaneMark> fewer = new TreeMap<>(marks);
        fewer.remove(promotion);
        return new Lane(
                environmentUid,
                holder,
                minus(queue, promotion),
                minus(open, promotion),
                successes,
                intact,
                promotion,
                versions,
                fewer,
                since);
    }

    Lane succeeded(Success success, Map<String, Long> jobs) {
        List<Success> longer = new ArrayList<>(successes);
        longer.add(0, success);
        return new Lane(
                environmentUid,
                running,
                queue,
                open,
                longer.subList(0, Math.min(SUCCESSES_MAX, longer.size())),
                true,
                last,
                jobs,
                marks,
                Since.NOTHING);
    }

    /**
     * The same with other counts: what runs is what succeeded last, and who goes back to it goes
     * back to these counts.
     */
    Lane scaled(String promotion, Map<String, Long> jobs) {
        Optional<Success> before = good();
        if (before.isEmpty()) {
            return this;
        }
        List<Success> changed = new ArrayList<>(successes);
        Success good = before.get();
        changed.set(0, new Success(good.promotion(), good.release(), good.millis(), promotion));
        Map<String, Long> rest = new TreeMap<>(left());
        rest.keySet().removeIf(job -> !Objects.equals(jobs.get(job), versions.get(job)));
        return new Lane(
                environmentUid,
                running,
                queue,
                open,
                changed,
                rest.isEmpty(),
                last,
                jobs,
                marks,
                since.started().leaving(rest));
    }

    private Lane with(String holder, List<String> waiting, List<String> alive) {
        return new Lane(
                environmentUid,
                holder,
                waiting,
                alive,
                successes,
                intact,
                last,
                versions,
                marks,
                since);
    }

    private static List<String> plus(List<String> list, String one) {
        List<String> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    private static List<String> minus(List<String> list, String one) {
        return list.stream().filter(other -> !other.equals(one)).toList();
    }
}
