package dev.drover.gateway.decision;

import com.google.protobuf.Timestamp;
import dev.drover.policy.window.OpenTimes;
import dev.drover.policy.window.WindowSyntax;
import dev.drover.policy.window.Windows;
import dev.drover.v1.Calendar;
import dev.drover.v1.Policy;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges by the time; a window that cannot be read is a no. */
final class WindowRules {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm VV", Locale.ENGLISH);

    private final Calendars calendars;

    WindowRules(Calendars calendars) {
        this.calendars = calendars;
    }

    /**
     * A rule's windows, read.
     *
     * @param zone by whose clocks moments are told
     */
    record Read(List<Windows.Titled> windows, OpenTimes open, ZoneId zone) {

        /** A moment as the clocks of the zone show it. */
        String told(Instant moment) {
            return MOMENT.format(moment.atZone(zone));
        }

        /**
         * What the windows are called that are open, in brackets; empty where they have no name.
         */
        String titles(Instant moment) {
            String titles =
                    windows.stream()
                            .filter(each -> !each.title().isEmpty())
                            .filter(each ->
                                    !each.schedule()
                                            .touching(moment, moment.plusNanos(1))
                                            .isEmpty())
                            .map(Windows.Titled::title)
                            .distinct()
                            .collect(Collectors.joining(", "));
            return titles.isEmpty() ? "" : " (" + titles + ")";
        }
    }

    /** Whether a rule holds for a promotion at all. */
    static boolean concerns(WindowRule rule, PromotionFacts asked) {
        boolean kind = rule.getKindsCount() == 0 || rule.getKindsList().contains(asked.getKind());
        return kind
                && switch (rule.getInvokers()) {
                    case PEOPLE -> !asked.getAutomated();
                    case AUTOMATION -> asked.getAutomated();
                    case ANYBODY, INVOKERS_UNSPECIFIED, UNRECOGNIZED -> true;
                };
    }

    /**
     * The windows of a rule.
     *
     * @throws WindowSyntax only for a policy that another version of Drover accepted
     * @throws DateTimeException where this machine does not know a zone
     */
    Read read(WindowRule rule) {
        List<Calendar> named = calendars.named(rule.getCalendarsList());
        List<Windows.Titled> windows = Windows.of(rule, named);
        String zone = rule.getZone().isEmpty() ? named.getFirst().getZone() : rule.getZone();
        return new Read(windows, Windows.open(rule.getMode(), windows), ZoneId.of(zone));
    }

    RuleVerdict judge(Policy policy, Rule rule, PromotionFacts asked, Instant now) {
        WindowRule window = rule.getWindow();
        if (!concerns(window, asked)) {
            return Rules.of(policy, rule, Verdict.ALLOW)
                    .setMessage(
                            "does not hold for a %s that %s asks for"
                                    .formatted(
                                            asked.getKind(),
                                            asked.getAutomated() ? "a program" : "a person"))
                    .build();
        }
        try {
            return judge(policy, rule, read(window), now);
        } catch (WindowSyntax | DateTimeException e) {
            return Rules.of(policy, rule, Verdict.DENY)
                    .setCode("WINDOW_FAILED")
                    .setMessage("cannot be evaluated, which counts as a no: " + e.getMessage())
                    .build();
        }
    }

    private static RuleVerdict judge(Policy policy, Rule rule, Read read, Instant now) {
        if (read.open().openAt(now)) {
            return Rules.of(policy, rule, Verdict.ALLOW)
                    .setMessage(
                            read.open()
                                    .nextClose(now)
                                    .map(close -> "open until " + read.told(close))
                                    .orElse("open, and never closes within ten years"))
                    .build();
        }
        String titles = rule.getWindow().getMode() == WindowRule.Mode.ALLOW ? "" : read.titles(now);
        Optional<Instant> next = read.open().nextOpen(now);
        if (next.isEmpty()) {
            return Rules.of(policy, rule, Verdict.DENY)
                    .setCode("WINDOW_NEVER_OPENS")
                    .setMessage("closed, and does not open within ten years" + titles)
                    .build();
        }
        Timestamp time = PolicyInputs.timestamp(next.get());
        return Rules.of(policy, rule, Verdict.DEFER)
                .setCode("WINDOW_CLOSED")
                .setMessage("closed until " + read.told(next.get()) + titles)
                .setNextEligibleTime(time)
                .build();
    }
}
