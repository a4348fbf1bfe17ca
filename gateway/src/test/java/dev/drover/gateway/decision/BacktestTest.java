package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.BacktestFinding;
import dev.drover.v1.BacktestPolicyResponse;
import dev.drover.v1.EnvironmentBacktest;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What candidates would have done to promotions that were decided about. */
class BacktestTest {
    private static final String LIVE =
            """
            {"name": "policies/prod", "revision": 1, "rules": [
              {"id": "people", "approval": {"count": 2, "groups": ["owners"]}}]}
            """;

    private final TestStore files = TestStore.create();
    private final PastPromotions past = new PastPromotions(files.store());

    @AfterEach
    void close() {
        files.close();
    }

    private BacktestPolicyResponse backtest(String candidate) throws InterruptedException {
        return backtest(Optional.of(candidate), Backtest.Scope.last(200));
    }

    private BacktestPolicyResponse backtest(Optional<String> candidate, Backtest.Scope scope)
            throws InterruptedException {
        return new Backtest(
                        past.gate(),
                        past.log(),
                        new PolicyRevisions(files.store(), () -> PastPromotions.START))
                .run(
                        new Backtest.Question(
                                "policies/prod", candidate.map(PastPromotions::policy), scope),
                        judged -> {});
    }

    private static String rules(String rules) {
        return "{\"name\": \"policies/prod\", \"rules\": [" + rules + "]}";
    }

    private static String expression(String text) {
        return "{\"id\": \"said\", \"expression\": {\"expression\": \"" + text + "\"}}";
    }

    private void twoThatRan() {
        past.guardedBy(LIVE)
                .decided("one", "web:1")
                .decided("one", "web:1", "ada", "bob")
                .decided("two", "web")
                .decided("two", "web", "ada", "bob");
    }

    @Test
    void promotionThatRanAndWouldHaveBeenHeldIsToldWithTheRule() throws Exception {
        twoThatRan();
        BacktestPolicyResponse found =
                backtest(
                        rules(
                                """
                                {"id": "people", "approval": {"count": 2, "groups": ["owners"]}},
                                """
                                        + expression("plan.images.all(i, i.tag != 'latest')")));

        assertThat(found.getTotal().getPromotions()).isEqualTo(2);
        assertThat(found.getTotal().getDecisions()).isEqualTo(4);
        assertThat(found.getTotal().getNewlyBlocked()).isEqualTo(1);
        BacktestFinding blocked = found.getFindings(0);
        assertThat(blocked.getPromotion()).isEqualTo("projects/shop/promotions/two");
        assertThat(blocked.getDecision()).isEqualTo(2);
        assertThat(blocked.getEffect()).isEqualTo(BacktestFinding.Effect.NEWLY_BLOCKED);
        assertThat(blocked.getRule()).isEqualTo("policies/prod/rules/said");
        assertThat(blocked.getRecordedVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(blocked.getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void promotionThatWaitedAndWouldHaveRunIsToldWithTheRuleThatHeldIt() throws Exception {
        past.guardedBy(LIVE)
                .decided("one", "web:1")
                .decided("one", "web:1", "ada")
                .decided("one", "web:1", "ada", "bob")
                .decided("two", "web:1");
        BacktestPolicyResponse found =
                backtest(
                        rules(
                                """
                                {"id": "people", "approval": {"count": 1, "groups": ["owners"]}}
                                """));

        assertThat(found.getFindingsList())
                .extracting(
                        one -> PolicyInputs.id(one.getPromotion()),
                        BacktestFinding::getEffect,
                        BacktestFinding::getDecision)
                .containsExactly(
                        tuple("two", BacktestFinding.Effect.CHANGED_APPROVERS, 1L),
                        tuple("one", BacktestFinding.Effect.NEWLY_ALLOWED, 2L));
        assertThat(found.getFindings(0).getMessage())
                .isEqualTo("asked for 2 of owners, would ask for 1 of owners");
        assertThat(found.getFindings(1).getRule()).isEqualTo("policies/prod/rules/people");
    }

    @Test
    void deletionLetsRunWhatItHeldAndOtherPoliciesStillHold() throws Exception {
        past.guardedBy(LIVE).decided("one", "web:1");
        past.guardedBy(
                        """
                        {"name": "policies/other", "revision": 1, "rules": [
                          {"id": "never", "expression": {"expression": "false"}}]}
                        """)
                .decided("two", "web:1");
        BacktestPolicyResponse found = backtest(Optional.empty(), Backtest.Scope.last(200));

        assertThat(found.getTotal().getPromotions()).isEqualTo(2);
        assertThat(found.getFindingsList())
                .extracting(BacktestFinding::getEffect)
                .containsExactly(
                        BacktestFinding.Effect.CHANGED_APPROVERS,
                        BacktestFinding.Effect.NEWLY_ALLOWED);
    }

    @Test
    void ruleThatCannotBeEvaluatedIsAnError() throws Exception {
        twoThatRan();
        BacktestPolicyResponse found = backtest(rules(expression("release.labels['no'] == 'x'")));
        assertThat(found.getTotal().getErrors()).isEqualTo(2);
        assertThat(found.getFindings(0).getMessage()).contains("cannot be evaluated");
    }

    @Test
    void sameRulesMakeNoDifference() throws Exception {
        twoThatRan();
        BacktestPolicyResponse found =
                backtest(
                        rules(
                                """
                                {"id": "renamed", "approval": {"count": 2, "groups": ["owners"]}}
                                """));
        assertThat(found.getTotal().getPromotions()).isEqualTo(2);
        assertThat(found.getFindingsList()).isEmpty();
    }

    @Test
    void onlyWhatTheCandidateSelectsOrThePolicyGuardedCounts() throws Exception {
        past.decided("one", "web:1").to(PlanFixture.STAGING).decided("two", "web:1");
        BacktestPolicyResponse found =
                backtest(
                        """
                        {"name": "policies/prod", "selector": {"environmentLabels": {"tier": "staging"}},
                         "rules": [{"id": "never", "expression": {"expression": "false"}}]}
                        """);
        assertThat(found.getEnvironmentsList())
                .extracting(EnvironmentBacktest::getEnvironment)
                .containsExactly(PlanFixture.STAGING);
        assertThat(found.getTotal().getNewlyBlocked()).isEqualTo(1);
    }

    @Test
    void timeEnvironmentAndNumberBoundWhatIsLookedAt() throws Exception {
        past.guardedBy(LIVE).decided("old", "web:1").later(Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            past.to(PlanFixture.PROD).decided("p" + i, "web:1");
            past.to(PlanFixture.STAGING).decided("s" + i, "web:1");
        }
        Instant noon = PastPromotions.START.plus(Duration.ofHours(12));
        assertThat(promotions(new Backtest.Scope(Set.of(), noon, Instant.MAX, 200))).isEqualTo(10);
        assertThat(promotions(new Backtest.Scope(Set.of(), Instant.MIN, noon, 200))).isEqualTo(1);
        assertThat(promotions(new Backtest.Scope(Set.of(), Instant.MIN, Instant.MAX, 3)))
                .isEqualTo(6);
        assertThat(
                        promotions(
                                new Backtest.Scope(
                                        Set.of(PlanFixture.PROD), Instant.MIN, Instant.MAX, 200)))
                .isEqualTo(6);
    }

    private long promotions(Backtest.Scope scope) throws InterruptedException {
        return backtest(Optional.empty(), scope).getTotal().getPromotions();
    }
}
