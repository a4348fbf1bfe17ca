package dev.drover.gateway.approval;

import dev.drover.v1.ApprovalQuorum;
import java.util.List;

/**
 * How far one way to meet an approval rule is.
 *
 * @param asked who is asked for
 * @param required how many different people must approve
 * @param approvers those whose approval counts, each human once, in the order in which they spoke
 * @param able accounts that have approved or still can, each human once
 */
public record Quorum(
        ApprovalQuorum asked, int required, List<String> approvers, List<String> able) {

    public Quorum {
        approvers = List.copyOf(approvers);
        able = List.copyOf(able);
    }

    /** Whether enough people have approved. */
    public boolean reached() {
        return approvers.size() >= required;
    }

    /** How many more people it takes. */
    public int missing() {
        return Math.max(0, required - approvers.size());
    }

    /** Whether there are enough people who could approve. */
    public boolean possible() {
        return able.size() >= required;
    }
}
