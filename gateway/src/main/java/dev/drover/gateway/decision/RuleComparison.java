package dev.drover.gateway.decision;

import com.google.protobuf.Message;
import dev.drover.v1.LostGuard;
import dev.drover.v1.LostGuard.Certainty;
import dev.drover.v1.LostGuard.Change;
import java.util.List;
import java.util.stream.Collectors;

/** What is found out about one rule that changes. */
final class RuleComparison {
    private final String rule;
    private final List<LostGuard> lost;

    RuleComparison(String rule, List<LostGuard> lost) {
        this.rule = rule;
        this.lost = lost;
    }

    void weaker(Change change, String description) {
        add(change, Certainty.CERTAIN, description);
    }

    void unknown(Change change, String description) {
        add(change, Certainty.UNKNOWN, description);
    }

    /** Whatever differs and was compared by nobody. */
    void rest(Message was, Message is) {
        String fields =
                Differences.between(was, is).stream()
                        .map(Differences.Difference::path)
                        .collect(Collectors.joining(", "));
        if (!fields.isEmpty()) {
            unknown(Change.RULE_CHANGED, "other fields differ: " + fields);
        }
    }

    private void add(Change change, Certainty certainty, String description) {
        lost.add(
                LostGuard.newBuilder()
                        .setRule(rule)
                        .setChange(change)
                        .setCertainty(certainty)
                        .setDescription(description)
                        .build());
    }
}
