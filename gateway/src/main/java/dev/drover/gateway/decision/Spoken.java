package dev.drover.gateway.decision;

import dev.drover.v1.Approval;
import java.util.List;

/**
 * What people said of a promotion, and who they are.
 *
 * @param approvals what they said so far, void words included
 * @param people who could approve, and who is left out
 */
public record Spoken(List<Approval> approvals, KnownPeople people) {
    public Spoken {
        approvals = List.copyOf(approvals);
    }
}
