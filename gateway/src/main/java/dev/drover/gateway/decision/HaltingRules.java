package dev.drover.gateway.decision;

import dev.drover.gateway.suspension.SuspensionText;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.policy.window.WindowSyntax;
import dev.drover.v1.Phase;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells whether a rollout may go on that is under way; asked whenever it is looked at. */
public final class HaltingRules {
    private final WindowRules windows;

    /** By the windows of these calendars, too. */
    public HaltingRules(Calendars calendars) {
        this.windows = new WindowRules(calendars);
    }

    /** By the suspensions in force, then by windows that halt when they close. */
    public Halting judge(GateRequest request) {
        return SuspensionRules.halting(request)
                .findFirst()
                .map(one ->
                        new Halting(
                                Phase.PauseReason.SUSPENDED,
                                "%s: %s".formatted(one.getName(), SuspensionText.told(one)),
                                Suspensions.end(one)))
                .orElseGet(() -> byWindows(request));
    }

    private Halting byWindows(GateRequest request) {
        List<Instant> closing = new ArrayList<>();
        for (Policy policy : request.nouns().policies()) {
            for (Rule rule : policy.getRulesList()) {
                if (rule.getWindow().getAtClose() != WindowRule.AtClose.HALT) {
                    continue;
                }
                RuleVerdict verdict =
                        FastTracks.apply(
                                rule,
                                windows.judge(policy, rule, request.asked(), request.now()),
                                request);
                if (verdict.getVerdict() != Verdict.ALLOW && Rules.counts(verdict)) {
                    return closed(verdict);
                }
                closing(rule, request).ifPresent(closing::add);
            }
        }
        return new Halting(
                Phase.PauseReason.PAUSE_REASON_UNSPECIFIED,
                "",
                closing.stream().min(Comparator.naturalOrder()));
    }

    private static Halting closed(RuleVerdict verdict) {
        return new Halting(
                Phase.PauseReason.WINDOW_CLOSED,
                verdict.getRule() + ": " + verdict.getMessage() + "; rollouts stand still",
                verdict.hasNextEligibleTime()
                        ? Optional.of(DecisionInputs.instant(verdict.getNextEligibleTime()))
                        : Optional.empty());
    }

    private Optional<Instant> closing(Rule rule, GateRequest request) {
        try {
            return WindowRules.concerns(rule.getWindow(), request.asked())
                    ? windows.read(rule.getWindow()).open().nextClose(request.now())
                    : Optional.empty();
        } catch (WindowSyntax | DateTimeException unreadable) {
            // Its verdict says so; time alone does not change it.
            return Optional.empty();
        }
    }
}
