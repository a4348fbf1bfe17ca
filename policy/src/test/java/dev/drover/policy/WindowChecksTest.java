package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.v1.Calendar;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowChecksTest {

    private static final Duration HOURS = Duration.newBuilder().setSeconds(8 * 3600).build();

    private final DeclarationChecks checks = new DeclarationChecks(new PolicyLanguage());

    @Test
    void windowsThatAreRightPass() {
        WindowRule.Builder rule =
                WindowRule.newBuilder()
                        .setMode(WindowRule.Mode.ALLOW)
                        .setZone("Europe/Berlin")
                        .addCalendars("calendars/holidays")
                        .addKinds("RELEASE")
                        .addWindows(window("2026-01-05T09:00", "FREQ=WEEKLY;BYDAY=MO,TU"))
                        .addWindows(Window.newBuilder().setStart("2026-12-25"))
                        .addWindows(
                                Window.newBuilder()
                                        .setStart("2026-12-18T18:00")
                                        .setEnd("2027-01-06"))
                        .addWindows(
                                Window.newBuilder().setCron("0 9 * * MON-FRI").setDuration(HOURS));

        assertThat(checks.check(policy(rule))).isEmpty();
    }

    @Test
    void aRuleThatIsOnlyShownCannotHaltRollouts() {
        WindowRule.Builder rule =
                WindowRule.newBuilder()
                        .setMode(WindowRule.Mode.DENY)
                        .setAtClose(WindowRule.AtClose.HALT)
                        .addCalendars("calendars/holidays");
        assertThat(checks.check(policy(rule))).isEmpty();

        Policy.Builder shown = policy(rule).toBuilder();
        shown.getRulesBuilder(0).setEnforcement(Enforcement.WARN);
        assertThat(checks.check(shown.build()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("rules[0].window.at_close");
                    assertThat(problem.description()).startsWith("HALT needs a rule");
                });
    }

    @Test
    void aMistakeInARecurrenceIsShownAtItsPlace() {
        WindowRule.Builder rule =
                WindowRule.newBuilder()
                        .setMode(WindowRule.Mode.ALLOW)
                        .setZone("Europe/Berlin")
                        .addWindows(window("2026-01-05T09:00", "FREQ=WEEKLY;BYDAY=MO,TUE"));

        FieldProblem problem = checks.check(policy(rule)).getFirst();

        assertThat(problem.path()).isEqualTo("rules[0].window.windows[0].rrule");
        assertThat(problem.description()).startsWith("line 1, column 22: \"TUE\" is no day");
        assertThat(problem.excerpt())
                .isEqualTo("FREQ=WEEKLY;BYDAY=MO,TUE\n" + " ".repeat(21) + "^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berln | did you mean \"Europe/Berlin\"?",
                "+02:00 | is no zone of the IANA database",
                "Mars/Olympus | is no zone of the IANA database, as Europe/Berlin is one",
            })
    void aZoneThatDoesNotExistIsRefused(String zone, String message) {
        assertThat(checks.check(calendar(zone.strip(), Window.newBuilder().setStart("2026-12-25"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("zone");
                    assertThat(problem.message()).contains(message.strip());
                });
    }

    @Test
    void aWindowSaysWhatItLacks() {
        assertThat(problems(Window.newBuilder()))
                .containsExactly(
                        "windows[0]: needs start, with rrule where it comes again, or cron");
        assertThat(problems(Window.newBuilder().setRrule("FREQ=DAILY")))
                .containsExactly("windows[0]: needs start: from when on, and at what time");
        assertThat(problems(Window.newBuilder().setStart("2026-12-18T18:00")))
                .containsExactly("windows[0]: needs end or duration");
        assertThat(problems(Window.newBuilder().setCron("0 9 * * 1")))
                .containsExactly("windows[0]: needs duration: how long it stays open");
        assertThat(problems(Window.newBuilder().setStart("2026-02-30")))
                .singleElement()
                .asString()
                .startsWith("windows[0].start: \"2026-02-30\" is no time of the calendar");
        assertThat(problems(Window.newBuilder().setStart("2026-12-18").setEnd("2026-12-17")))
                .containsExactly("windows[0].end: is not after start");
        assertThat(problems(window("2026-12-18", "FREQ=DAILY").setCron("0 9 * * 1")))
                .containsExactly("windows[0]: has both rrule and cron; leave one of them out");
        assertThat(problems(window("2026-12-18", "FREQ=DAILY").setEnd("2026-12-19")))
                .singleElement()
                .asString()
                .startsWith("windows[0].end: is for what comes once");
        assertThat(
                        problems(
                                window("2026-12-18", "FREQ=DAILY")
                                        .setDuration(Duration.newBuilder().setSeconds(30))))
                .containsExactly(
                        "windows[0].duration: must be whole minutes, from 1 minute to 366 days");
    }

    @Test
    void aRecurrenceThatNeverOpensIsRefused() {
        assertThat(problems(window("2026-01-01", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")))
                .containsExactly(
                        "windows[0].rrule: never opens: there is no such day within 100 years of the start");
    }

    @Test
    void aRuleWithoutWindowsIsRefused() {
        assertThat(checks.check(policy(WindowRule.newBuilder().setMode(WindowRule.Mode.DENY))))
                .extracting(problem -> problem.path() + ": " + problem.message())
                .containsExactly("rules[0].window: needs windows, calendars or both");
    }

    @Test
    void anyTextIsAnsweredWithProblemsAtMost() {
        SplittableRandom random = new SplittableRandom(7);
        String letters = "FREQ=WKLYDAIMONTH;,-+0123456789BYSETPOUNC*/ \u00e4\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=-1;BYHOUR=9");
            for (int j = random.nextInt(1, 6); j > 0; j--) {
                int at = random.nextInt(text.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, letter);
                } else {
                    text.insert(at, letter);
                }
            }
            boolean cron = i % 4 == 0;
            Window.Builder window =
                    cron
                            ? Window.newBuilder()
                                    .setCron(text.substring(text.length() - 12))
                                    .setDuration(HOURS)
                            : window("2026-01-05T09:00", text.toString());
            assertThat(problems(window)).as(text.toString()).hasSizeLessThan(2);
        }
    }

    private List<String> problems(Window.Builder window) {
        return checks.check(calendar("Europe/Berlin", window)).stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    private static Window.Builder window(String start, String rrule) {
        return Window.newBuilder().setStart(start).setRrule(rrule).setDuration(HOURS);
    }

    private static Calendar calendar(String zone, Window.Builder window) {
        return Calendar.newBuilder().setZone(zone).addWindows(window).build();
    }

    private static Policy policy(WindowRule.Builder rule) {
        return Policy.newBuilder()
                .addRules(Rule.newBuilder().setId("times").setWindow(rule))
                .build();
    }
}
