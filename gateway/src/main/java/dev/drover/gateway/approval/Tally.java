package dev.drover.gateway.approval;

import java.util.Comparator;
import java.util.List;

/**
 * How far an approval rule is.
 *
 * @param quorums the ways to meet it, of which one is enough; the rule's own comes first
 * @param against those whose rejection stands against it
 * @param lost words that do not count, and why
 * @param known whether it is known who could approve
 */
public record Tally(List<Quorum> quorums, List<String> against, List<String> lost, boolean known) {

    public Tally {
        quorums = List.copyOf(quorums);
        against = List.copyOf(against);
        lost = List.copyOf(lost);
    }

    /** Whether the rule is met. */
    public boolean reached() {
        return nearest().reached();
    }

    /** Whether there are enough people who could approve, as far as that is known. */
    public boolean possible() {
        return !known || quorums.stream().anyMatch(Quorum::possible);
    }

    /** The way that is met, or lacks the fewest people. */
    public Quorum nearest() {
        return quorums.stream().min(Comparator.comparingInt(Quorum::missing)).orElseThrow();
    }
}
