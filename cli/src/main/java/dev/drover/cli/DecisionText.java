package dev.drover.cli;

import dev.drover.v1.Decision;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the rules say, as people read it. */
final class DecisionText {
    private static final String INDENT = "            ";

    private final Consumer<String> say;

    DecisionText(Consumer<String> say) {
        this.say = say;
    }

    /** How many rules stand in the way, in a few words; empty where none does. */
    static String summary(Decision decision) {
        long denied = count(decision, Verdict.DENY);
        long required = count(decision, Verdict.REQUIRE);
        long deferred = count(decision, Verdict.DEFER);
        List<String> parts = new ArrayList<>();
        add(parts, denied, "says no", "say no");
        add(parts, deferred, "says not yet", "say not yet");
        add(parts, required, "asks for approval", "ask for approval");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(count + (count == 1 ? " rule " + one : " rules " + many));
        }
    }

    private static long count(Decision decision, Verdict verdict) {
        return decision.getRulesList().stream()
                .filter(rule -> enforced(rule) && rule.getVerdict() == verdict)
                .count();
    }

    private static String weight(RuleVerdict rule) {
        if (!rule.getFastTrack().isEmpty()) {
            return " (does not count, by the fast track of " + rule.getFastTrack() + ")";
        }
        return enforced(rule) ? "" : " (" + rule.getEnforcement() + ", does not count)";
    }

    private static boolean enforced(RuleVerdict rule) {
        return rule.getEnforcement().isEmpty() || rule.getEnforcement().equals("ENFORCE");
    }

    /** Every rule with its verdict; those that say no with values and who can unblock them. */
    void tell(Decision decision) {
        for (RuleVerdict rule : decision.getRulesList()) {
            say.accept(
                    "  "
                            + String.format(Locale.ROOT, "%-7s", rule.getVerdict())
                            + " "
                            + rule.getRule()
                            + weight(rule)
                            + (rule.getMessage().isEmpty() ? "" : ": " + rule.getMessage()));
            if (rule.getVerdict() != Verdict.ALLOW) {
                new TreeMap<>(rule.getValuesMap())
                        .forEach((part, value) -> say.accept(INDENT + part + " is " + value));
                if (rule.getUnblockedByCount() > 0) {
                    say.accept(
                            INDENT
                                    + "can be unblocked by "
                                    + String.join(", ", rule.getUnblockedByList()));
                }
            }
        }
        if (decision.hasNextEligibleTime()) {
            say.accept(
                    "  may be eligible from "
                            + Times.text(decision.getNextEligibleTime())
                            + " UTC");
        }
    }
}
