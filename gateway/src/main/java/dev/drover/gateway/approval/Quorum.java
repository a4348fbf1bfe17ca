package dev.drover.gateway.approval;

import java.util.List;

/**
 * How far one approval rule is.
 *
 * @param required how many different people must approve
 * @param approvers those whose approval counts, each once, in the order in which they spoke
 */
public record Quorum(int required, List<String> approvers) {

    public Quorum {
        approvers = List.copyOf(approvers);
    }

    /** Whether enough people have approved. */
    public boolean reached() {
        return approvers.size() >= required;
    }

    /** How many more people it takes. */
    public int missing() {
        return Math.max(0, required - approvers.size());
    }
}
