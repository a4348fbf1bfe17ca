package dev.drover.gateway.cluster;

import java.util.List;
import java.util.Optional;

/**
 * One instance of a group.
 *
 * @param name job.group[index]
 * @param nodeName "" if unknown
 */
public record Allocation(
        String id,
        String name,
        String group,
        long jobVersion,
        String nodeName,
        State state,
        List<TaskState> tasks) {

    public Allocation {
        tasks = List.copyOf(tasks);
    }

    /**
     * What is wanted of it and what it does.
     *
     * @param desired run, stop or evict
     * @param healthy Nomad's verdict for its deployment; empty = none yet, and none ever for one
     *     that was placed when the deployment had ended
     */
    public record State(
            String desired,
            ClientStatus client,
            Optional<Boolean> healthy,
            boolean canary,
            Successor successor) {}

    /**
     * What Nomad does about one that ended or has to go.
     *
     * @param allocation the one that took its place; empty: none did
     * @param evaluation the one that looks for a place later; empty: none is meant to
     */
    public record Successor(Optional<String> allocation, Optional<String> evaluation) {
        /** Nothing. */
        public static final Successor NONE = new Successor(Optional.empty(), Optional.empty());
    }

    /** Whether it is wanted, running and, for its deployment, healthy now. */
    public boolean serving() {
        return "run".equals(state.desired())
                && state.client() == ClientStatus.RUNNING
                && state.healthy().orElse(false);
    }
}
