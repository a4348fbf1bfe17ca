package dev.drover.gateway.decision;

import dev.drover.policy.window.OpenTimes;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When time alone will have met every rule: not the latest of what each rule says, because another
 * window may be closed then.
 */
final class NextEligible {

    private NextEligible() {}

    /**
     * The moment; empty where a rule waits for something else.
     *
     * @param verdicts that count, none of them stronger than DEFER
     * @param windows of all rules that count, open ones as well
     */
    static Optional<Instant> of(List<RuleVerdict> verdicts, List<OpenTimes> windows, Instant now) {
        Instant from = now;
        for (RuleVerdict verdict : verdicts) {
            if (verdict.getVerdict() == Verdict.DEFER) {
                if (!verdict.hasNextEligibleTime()) {
                    return Optional.empty();
                }
                Instant next =
                        Instant.ofEpochSecond(
                                verdict.getNextEligibleTime().getSeconds(),
                                verdict.getNextEligibleTime().getNanos());
                from = next.isAfter(from) ? next : from;
            }
        }
        return new OpenTimes.All(windows).nextOpen(from);
    }
}
