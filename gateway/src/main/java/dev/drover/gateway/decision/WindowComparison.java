package dev.drover.gateway.decision;

import dev.drover.policy.window.Interval;
import dev.drover.policy.window.OpenTimes;
import dev.drover.policy.window.WindowSyntax;
import dev.drover.v1.LostGuard.Change;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a window rule is open when another was closed: moment by moment, for a year ahead. */
final class WindowComparison {
    private static final Duration AHEAD = Duration.ofDays(366);

    private final WindowRules windows;
    private final Instant now;

    WindowComparison(Calendars calendars, Instant now) {
        this.windows = new WindowRules(calendars);
        this.now = now;
    }

    void compare(RuleComparison found, WindowRule was, WindowRule is) {
        boolean fewerKinds =
                is.getKindsCount() > 0
                        && (was.getKindsCount() == 0
                                || !is.getKindsList().containsAll(was.getKindsList()));
        if (fewerKinds) {
            found.weaker(
                    Change.WINDOW_WIDENED,
                    "holds for %s only".formatted(String.join(", ", is.getKindsList())));
        }
        WindowRule.Invokers invokers = invokers(is);
        if (invokers != WindowRule.Invokers.ANYBODY && invokers != invokers(was)) {
            found.weaker(Change.WINDOW_WIDENED, "holds for %s only".formatted(invokers));
        }
        if (was.getAtClose() == WindowRule.AtClose.HALT
                && is.getAtClose() != WindowRule.AtClose.HALT) {
            found.weaker(
                    Change.WINDOW_WIDENED, "what runs when it closes is finished, and was halted");
        }
        try {
            WindowRules.Read after = windows.read(is);
            wider(times(windows.read(was).open()), times(after.open()))
                    .ifPresent(moment ->
                            found.weaker(
                                    Change.WINDOW_WIDENED,
                                    "open when it was closed, for example " + after.told(moment)));
        } catch (WindowSyntax | DateTimeException e) {
            found.unknown(Change.RULE_CHANGED, "cannot be read: " + e.getMessage());
        }
        found.rest(without(was), without(is));
    }

    private List<Interval> times(OpenTimes open) {
        return open.between(now, now.plus(AHEAD));
    }

    /** The first moment that is in one of the latter and in none of the former. */
    private static Optional<Instant> wider(List<Interval> was, List<Interval> is) {
        for (Interval open : is) {
            Instant covered = open.start();
            for (Interval before : was) {
                if (before.contains(covered)) {
                    covered = before.end();
                }
            }
            if (covered.isBefore(open.end())) {
                return Optional.of(covered);
            }
        }
        return Optional.empty();
    }

    private static WindowRule.Invokers invokers(WindowRule rule) {
        return rule.getInvokers() == WindowRule.Invokers.INVOKERS_UNSPECIFIED
                ? WindowRule.Invokers.ANYBODY
                : rule.getInvokers();
    }

    private static WindowRule without(WindowRule rule) {
        return rule.toBuilder()
                .clearMode()
                .clearWindows()
                .clearCalendars()
                .clearZone()
                .clearKinds()
                .clearInvokers()
                .clearAtClose()
                .build();
    }
}
