package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Calendar;
import dev.drover.v1.Decision;
import dev.drover.v1.Enforcement;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateWindowsTest {

    private static final Calendar HOLIDAYS =
            Calendar.newBuilder()
                    .setName("calendars/holidays")
                    .setZone("Europe/Berlin")
                    .addWindows(Window.newBuilder().setTitle("Day of works").setStart("2026-11-23"))
                    .build();

    private final PlanFixture shop = PlanFixture.shop();
    private final PromotionFacts.Builder asked =
            PromotionFacts.newBuilder().setKind("RELEASE").setRequester("serviceAccounts/dev");
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private Optional<GoingBack> goingBack = Optional.empty();

    private static WindowRule.Builder workHours() {
        return WindowRule.newBuilder()
                .setMode(WindowRule.Mode.ALLOW)
                .setZone("Europe/Berlin")
                .addWindows(
                        Window.newBuilder()
                                .setCron("0 9 * * MON-FRI")
                                .setDuration(Duration.newBuilder().setSeconds(8 * 3600)));
    }

    private static WindowRule.Builder holidays() {
        return WindowRule.newBuilder()
                .setMode(WindowRule.Mode.DENY)
                .addCalendars("calendars/holidays");
    }

    private static Rule.Builder rule(String id, WindowRule.Builder window) {
        return Rule.newBuilder().setId(id).setWindow(window);
    }

    private Decision decide(Rule.Builder... rules) {
        Policy.Builder policy = Policy.newBuilder().setName("policies/times").setRevision(1);
        for (Rule.Builder rule : rules) {
            policy.addRules(rule);
        }
        shop.policy(policy.build());
        ReleaseHistory good =
                new ReleaseHistory(
                        true, Optional.of(now.minusSeconds(7200)), 0, Map.of(), List.of());
        return new Gate(
                        KnownHistory.of(Map.of(PlanFixture.STAGING, good)),
                        names -> names.isEmpty() ? List.of() : List.of(HOLIDAYS))
                .decide(
                        new GateRequest(
                                shop.nouns(),
                                Plan.newBuilder().setDigest("d1").build(),
                                asked.build(),
                                List.of(),
                                goingBack,
                                now));
    }

    private static RuleVerdict last(Decision decision) {
        return decision.getRulesList().getLast();
    }

    private static Optional<String> next(Decision decision) {
        return decision.hasNextEligibleTime()
                ? Optional.of(Timestamps.toString(decision.getNextEligibleTime()))
                : Optional.empty();
    }

    @Test
    void aClosedWindowSaysUntilWhen() {
        Decision decision = decide(rule("hours", workHours()));

        assertThat(decision.getVerdict()).isEqualTo(Verdict.DEFER);
        assertThat(last(decision).getCode()).isEqualTo("WINDOW_CLOSED");
        assertThat(last(decision).getMessage())
                .isEqualTo("closed until Mon 2026-11-23 09:00 Europe/Berlin");
        assertThat(next(decision)).contains("2026-11-23T08:00:00Z");
    }

    @Test
    void anOpenWindowSaysUntilWhen() {
        now = Instant.parse("2026-11-23T08:00:00Z");

        assertThat(decide(rule("hours", workHours())).getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(last(decide(rule("hours", workHours()))).getMessage())
                .isEqualTo("open until Mon 2026-11-23 17:00 Europe/Berlin");
    }

    @Test
    void theNextEligibleTimeIsWhenAllWindowsAreOpenAtOnce() {
        Decision decision = decide(rule("hours", workHours()), rule("holidays", holidays()));

        assertThat(decision.getRulesList())
                .extracting(RuleVerdict::getMessage)
                .endsWith(
                        "closed until Mon 2026-11-23 09:00 Europe/Berlin",
                        "open until Mon 2026-11-23 00:00 Europe/Berlin");
        assertThat(next(decision)).contains("2026-11-24T08:00:00Z");
    }

    @Test
    void aFreezeIsCalledByItsName() {
        now = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(last(decide(rule("holidays", holidays()))).getMessage())
                .isEqualTo("closed until Tue 2026-11-24 00:00 Europe/Berlin (Day of works)");
    }

    @Test
    void whatTimeDoesNotHelpHasNoNextEligibleTime() {
        Rule.Builder never =
                Rule.newBuilder()
                        .setId("never")
                        .setExpression(ExpressionRule.newBuilder().setExpression("1 == 2"));
        Decision denied = decide(rule("hours", workHours()), never);

        assertThat(denied.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(next(denied)).isEmpty();
    }

    @Test
    void approvalsAreAskedForWhileAWindowIsClosed() {
        Rule.Builder people =
                Rule.newBuilder()
                        .setId("people")
                        .setApproval(ApprovalRule.newBuilder().setCount(1));

        Decision required = decide(rule("hours", workHours()), people);

        assertThat(required.getVerdict()).isEqualTo(Verdict.REQUIRE);
        assertThat(next(required)).isEmpty();
    }

    @Test
    void windowsThatAreNeverOpenTogetherGiveNoTime() {
        WindowRule.Builder nights =
                workHours()
                        .setWindows(
                                0,
                                Window.newBuilder()
                                        .setCron("0 22 * * *")
                                        .setDuration(Duration.newBuilder().setSeconds(3600)));
        Decision decision = decide(rule("hours", workHours()), rule("nights", nights));

        assertThat(decision.getVerdict()).isEqualTo(Verdict.DEFER);
        assertThat(next(decision)).isEmpty();
    }

    @Test
    void oneThatIsOverDeniesInsteadOfDeferring() {
        WindowRule.Builder past =
                workHours().setWindows(0, Window.newBuilder().setStart("2026-01-05"));

        assertThat(last(decide(rule("once", past))).getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(last(decide(rule("once", past))).getCode()).isEqualTo("WINDOW_NEVER_OPENS");
    }

    @ParameterizedTest
    @CsvSource({
        "PEOPLE, false, RELEASE, DEFER",
        "PEOPLE, true, RELEASE, ALLOW",
        "AUTOMATION, true, RELEASE, DEFER",
        "AUTOMATION, false, RELEASE, ALLOW",
        "ANYBODY, true, RELEASE, DEFER",
        "ANYBODY, false, SCALE, ALLOW",
        "ANYBODY, false, RESTART, DEFER",
    })
    void aRuleHoldsForWhomAndWhatItNames(
            WindowRule.Invokers invokers, boolean automated, String kind, Verdict verdict) {
        asked.setAutomated(automated).setKind(kind);
        WindowRule.Builder rule =
                workHours().setInvokers(invokers).addKinds("RELEASE").addKinds("RESTART");

        assertThat(last(decide(rule("hours", rule))).getVerdict()).isEqualTo(verdict);
    }

    @Test
    void aRollbackThatFollowsAFailurePassesAFreeze() {
        goingBack = Optional.of(new GoingBack(true, 1, now));

        assertThat(decide(rule("hours", workHours())).getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aRuleThatIsOnlyWatchedHoldsNothing() {
        Decision decision = decide(rule("hours", workHours()).setEnforcement(Enforcement.SHADOW));

        assertThat(decision.getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(last(decision).getVerdict()).isEqualTo(Verdict.DEFER);
    }

    @Test
    void aWindowThatCannotBeReadIsANo() {
        RuleVerdict verdict = last(decide(rule("hours", workHours().setZone("Mars/Olympus"))));

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(verdict.getCode()).isEqualTo("WINDOW_FAILED");
    }
}
