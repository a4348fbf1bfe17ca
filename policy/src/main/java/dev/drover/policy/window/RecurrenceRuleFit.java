package dev.drover.policy.window;

import dev.drover.policy.window.RecurrenceRule.Frequency;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Which parts of a recurrence rule have a meaning with which frequency, as RFC 5545 says. */
final class RecurrenceRuleFit {

    private record Only(String part, Set<Frequency> with) {}

    private static final List<Only> RULES =
            List.of(
                    new Only("BYWEEKNO", Set.of(Frequency.YEARLY)),
                    new Only("BYYEARDAY", Set.of(Frequency.YEARLY)),
                    new Only(
                            "BYMONTHDAY",
                            Set.of(Frequency.DAILY, Frequency.MONTHLY, Frequency.YEARLY)));

    private RecurrenceRuleFit() {}

    /**
     * Refuses what has none.
     *
     * @param offset of a part's name; -1 where it is not there
     */
    static void check(Frequency frequency, ToIntFunction<String> offset) {
        for (Only rule : RULES) {
            int at = offset.applyAsInt(rule.part());
            if (at >= 0 && !rule.with().contains(frequency)) {
                throw new WindowSyntax(
                        at, "%s has no meaning with FREQ=%s".formatted(rule.part(), frequency));
            }
        }
        if (offset.applyAsInt("BYSETPOS") >= 0
                && List.of(
                                "BYMONTH",
                                "BYWEEKNO",
                                "BYYEARDAY",
                                "BYMONTHDAY",
                                "BYDAY",
                                "BYHOUR",
                                "BYMINUTE")
                        .stream()
                        .allMatch(part -> offset.applyAsInt(part) < 0)) {
            throw new WindowSyntax(
                    offset.applyAsInt("BYSETPOS"), "BYSETPOS needs another BY part to choose from");
        }
    }
}
