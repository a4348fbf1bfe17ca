package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.auth.People;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Availability;
import dev.drover.v1.Decision;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.Enforcement;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.FastTrack;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Release;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Stage;
import dev.drover.v1.TaskFacts;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ReleaseHistory GOOD =
            new ReleaseHistory(true, Optional.of(NOW.minusSeconds(7200)), 0, Map.of(), List.of());

    private final Map<String, ReleaseHistory> history =
            new HashMap<>(Map.of(PlanFixture.STAGING, GOOD));
    private final PlanFixture shop = PlanFixture.shop();
    private final PromotionFacts.Builder asked =
            PromotionFacts.newBuilder().setKind("RELEASE").setRequester("serviceAccounts/dev");
    private Plan plan =
            Plan.newBuilder()
                    .setDigest("d1")
                    .addJobs(
                            JobPlan.newBuilder()
                                    .setJob("web")
                                    .putDesiredUpdates(
                                            "g",
                                            DesiredUpdates.newBuilder()
                                                    .setCanary(1)
                                                    .setIgnore(12)
                                                    .build())
                                    .addTasks(
                                            TaskFacts.newBuilder()
                                                    .setDriver("docker")
                                                    .setImage("shop/web"))
                                    .addTasks(
                                            TaskFacts.newBuilder()
                                                    .setDriver("raw_exec")
                                                    .setImage("/bin/sh")))
                    .build();
    private static final KnownPeople PEOPLE =
            new KnownPeople(People.of(List.of(owner("boss"), owner("chief"))), Map.of());
    private List<Approval> approvals = List.of();
    private Optional<GoingBack> goingBack = Optional.empty();

    private Decision decide() {
        return new Gate(KnownHistory.of(history), names -> List.of())
                .decide(
                        new GateRequest(
                                shop.nouns(),
                                plan,
                                asked.build(),
                                new Spoken(approvals, PEOPLE),
                                goingBack,
                                NOW,
                                List.of()));
    }

    private static ServiceAccount owner(String id) {
        return ServiceAccount.newBuilder()
                .setName("serviceAccounts/" + id)
                .addGroups("owners")
                .setAccessLevel(AccessLevel.OPERATOR)
                .build();
    }

    private static Rule expression(String id, String expression) {
        return Rule.newBuilder()
                .setId(id)
                .setExpression(ExpressionRule.newBuilder().setExpression(expression))
                .build();
    }

    private static Rule approval(int count, String... groups) {
        return Rule.newBuilder()
                .setId("approval")
                .setApproval(
                        ApprovalRule.newBuilder().setCount(count).addAllGroups(List.of(groups)))
                .build();
    }

    private void policy(Rule... rules) {
        shop.policy(
                Policy.newBuilder()
                        .setName("policies/prod")
                        .setRevision(3)
                        .addAllRules(List.of(rules))
                        .build());
    }

    private static RuleVerdict rule(Decision decision, String id) {
        return decision.getRulesList().stream()
                .filter(verdict -> verdict.getRule().endsWith(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void releaseThatPassedTheStagesBeforeIsAllowed() {
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(decision.getPlanDigest()).isEqualTo("d1");
        assertThat(decision.getRulesList())
                .extracting(RuleVerdict::getRule)
                .containsExactly("release/active", "pipeline/stage-member", "pipeline/stage-order");
    }

    @Test
    void releaseThatIsNotInTheStageBeforeIsDenied() {
        history.clear();
        RuleVerdict order = rule(decide(), "stage-order");
        assertThat(decide().getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(order.getCode()).isEqualTo("RELEASE_NOT_IN_STAGE_BEFORE");
        assertThat(order.getUnblockedByList())
                .containsExactly("group:owners", "serviceAccounts/ci");
        assertThat(order.getMessage())
                .isEqualTo(
                        "release 1-0-0 has not succeeded in stage \"staging\" (%s); promote it there first"
                                .formatted(PlanFixture.STAGING));
    }

    @ParameterizedTest
    @CsvSource({"ALL, DENY", "AVAILABILITY_UNSPECIFIED, DENY", "ONE_OF, ALLOW"})
    void oneEnvironmentOfAStageIsEnoughWhereOneOfIsAsked(
            Availability availability, Verdict verdict) {
        shop.pipeline()
                .setStages(
                        0,
                        Stage.newBuilder()
                                .setId("staging")
                                .addEnvironments("projects/shop/environments/us")
                                .addEnvironments(PlanFixture.STAGING));
        shop.pipeline().getStagesBuilder(1).setAvailability(availability);
        assertThat(decide().getVerdict()).isEqualTo(verdict);
    }

    @Test
    void environmentOutsideThePipelineIsDenied() {
        shop.environment().setName("projects/shop/environments/attic");
        RuleVerdict member = rule(decide(), "stage-member");
        assertThat(member.getCode()).isEqualTo("ENVIRONMENT_NOT_IN_PIPELINE");
        assertThat(member.getMessage()).contains("attic").contains("projects/shop/pipelines/main");
    }

    @Test
    void abandonedReleaseIsDenied() {
        shop.release().setState(Release.State.ABANDONED).setAbandonReason("leaks");
        RuleVerdict active = rule(decide(), "release/active");
        assertThat(active.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(active.getMessage()).contains("was abandoned: leaks");
    }

    @Test
    void rollbackSkipsTheOrderOfStagesAndPoliciesSeeItsKind() {
        history.clear();
        asked.setKind("ROLLBACK");
        policy(expression("kind", "promotion.kind == 'ROLLBACK'"));
        assertThat(decide().getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void falseExpressionIsDeniedWithTheValuesThatDecided() {
        policy(
                expression("few", "plan.destructive_updates <= 10"),
                expression("tagged", "plan.images.all(i, i.tag != 'latest')"));
        Decision decision = decide();
        RuleVerdict few = rule(decision, "few");
        assertThat(decision.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(few.getRule()).isEqualTo("policies/prod/rules/few");
        assertThat(few.getPolicyRevision()).isEqualTo(3);
        assertThat(few.getCode()).isEqualTo("EXPRESSION_FALSE");
        assertThat(few.getEnforcement()).isEqualTo("ENFORCE");
        assertThat(few.getValuesMap()).containsEntry("plan.destructive_updates", "12");
        assertThat(few.getMessage()).contains("plan.destructive_updates = 12");
        assertThat(few.getUnblockedByList()).containsExactly("group:owners", "serviceAccounts/ci");
        assertThat(rule(decision, "tagged").getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void messageOfTheRuleIsEvaluated() {
        Rule rule = expression("few", "plan.destructive_updates <= 10");
        policy(
                rule.toBuilder()
                        .setExpression(
                                rule.getExpression().toBuilder()
                                        .setMessage(
                                                "'too many: ' + string(plan.destructive_updates)"))
                        .build());
        assertThat(rule(decide(), "few").getMessage()).isEqualTo("too many: 12");
    }

    @ParameterizedTest
    @CsvSource({
        "'environment.labels[\"tier\"] == \"prod\"', tier",
        "'no_such_variable', no_such_variable",
        "'1 / plan.in_place_updates > 0', '1 / plan.in_place_updates > 0'",
    })
    void expressionThatCannotBeEvaluatedIsANo(String expression, String told) {
        policy(expression("broken", expression));
        RuleVerdict broken = rule(decide(), "broken");
        assertThat(broken.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(broken.getCode()).isEqualTo("EXPRESSION_FAILED");
        assertThat(broken.getMessage()).contains(told);
        assertThat(decide().getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void missingApprovalIsRequired() {
        policy(approval(1, "owners"));
        RuleVerdict rule = rule(decide(), "approval");
        assertThat(decide().getVerdict()).isEqualTo(Verdict.REQUIRE);
        assertThat(rule.getCode()).isEqualTo("APPROVALS_MISSING");
        assertThat(rule.getApprovals()).isZero();
        assertThat(rule.getApprovalsRequired()).isEqualTo(1);
        assertThat(rule.getUnblockedByList()).containsExactly("group:owners");
        assertThat(rule.getMessage())
                .isEqualTo(
                        "1 more approval is needed from members of owners, not the requester's own");
    }

    @Test
    void givenApprovalAllows() {
        policy(approval(1, "owners"));
        approvals =
                List.of(
                        Approval.newBuilder()
                                .setApprover("serviceAccounts/boss")
                                .addGroups("owners")
                                .setPlanDigest("d1")
                                .setState(Approval.State.APPROVED)
                                .build());
        assertThat(decide().getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(rule(decide(), "approval").getMessage())
                .isEqualTo("approved by serviceAccounts/boss");
        plan = plan.toBuilder().setDigest("d2").build();
        assertThat(decide().getVerdict()).isEqualTo(Verdict.REQUIRE);
    }

    @Test
    void denyIsStrongerThanRequireAndEverythingIsTold() {
        history.clear();
        policy(approval(2, "owners"), expression("never", "false"));
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(decision.getRulesList())
                .filteredOn(rule -> rule.getVerdict() != Verdict.ALLOW)
                .extracting(RuleVerdict::getRule)
                .containsExactly(
                        "pipeline/stage-order",
                        "policies/prod/rules/never",
                        "policies/prod/rules/approval");
    }

    @ParameterizedTest
    @CsvSource({"ENFORCE, DENY", "WARN, ALLOW", "SHADOW, ALLOW", "ENFORCEMENT_UNSPECIFIED, DENY"})
    void onlyEnforcedRulesHoldBack(Enforcement enforcement, Verdict verdict) {
        policy(expression("never", "false").toBuilder().setEnforcement(enforcement).build());
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(verdict);
        assertThat(rule(decision, "never").getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void rulesThatLookAtTheHistoryComeAfterTheOthersAndApprovalsLast() {
        policy(
                approval(1),
                expression("soaked", "history.environments['staging'].soaked >= duration('1h')"),
                expression("plain", "true"));
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(Verdict.REQUIRE);
        assertThat(decision.getRulesList().subList(3, 6))
                .extracting(RuleVerdict::getRule)
                .containsExactly(
                        "policies/prod/rules/plain",
                        "policies/prod/rules/soaked",
                        "policies/prod/rules/approval");
    }

    @Test
    void environmentWithoutHistoryIsThereForExpressions() {
        policy(expression("fresh", "!history.environments['prod'].succeeded"));
        assertThat(rule(decide(), "fresh").getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void ruleOfAnUnknownKindIsANo() {
        policy(Rule.newBuilder().setId("later").build());
        assertThat(rule(decide(), "later").getCode()).isEqualTo("RULE_UNKNOWN");
        assertThat(decide().getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void rollbackByTheGatewayItselfIsJudgedButNotHeldBack() {
        asked.setKind("ROLLBACK").setRequester("drover");
        goingBack = Optional.of(new GoingBack(true, 1, NOW));
        policy(approval(1, "owners"), expression("never", "false"));
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(rule(decision, "never").getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(rule(decision, "never").getEnforcement()).isEqualTo("WARN");
        assertThat(rule(decision, "never").getFastTrack())
                .isEqualTo("a rollback that follows a failure");
        asked.setRequester("serviceAccounts/dev");
        goingBack = Optional.of(new GoingBack(false, 1, NOW));
        assertThat(decide().getVerdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    void ruleThatStopsEverythingHoldsEveryRollback() {
        asked.setKind("ROLLBACK").setRequester("drover");
        goingBack = Optional.of(new GoingBack(true, 1, NOW));
        policy(
                tracked(expression("freeze", "false"), "NONE", 0, Duration.ZERO),
                approval(1, "owners"));
        Decision decision = decide();
        assertThat(decision.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(rule(decision, "freeze").getMessage())
                .endsWith("; no fast track: the rule holds every rollback");
        assertThat(rule(decision, "approval").getEnforcement()).isEqualTo("WARN");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, ALLOW, ''",
        "2, 0, ALLOW, ''",
        "3, 0, REQUIRE, 'goes back by 3 releases, and 2 is the most'",
        "2, 71, ALLOW, ''",
        "1, 73, REQUIRE, 'longer ago than 259200s'",
    })
    void rollbackByAPersonPassesWithinTheBoundsOfTheRule(
            int releases, int hours, Verdict verdict, String why) {
        asked.setKind("ROLLBACK");
        goingBack = Optional.of(new GoingBack(false, releases, NOW.minus(Duration.ofHours(hours))));
        policy(tracked(approval(1, "owners"), "ALL", 2, Duration.ofDays(3)));
        Decision decision = decide();
        RuleVerdict approval = rule(decision, "approval");
        assertThat(decision.getVerdict()).isEqualTo(verdict);
        assertThat(approval.getVerdict()).isEqualTo(Verdict.REQUIRE);
        assertThat(approval.getMessage()).contains(why);
        assertThat(approval.getFastTrack().isEmpty()).isEqualTo(verdict == Verdict.REQUIRE);
        asked.setKind("RELEASE");
        goingBack = Optional.empty();
        assertThat(decide().getVerdict()).isEqualTo(Verdict.REQUIRE);
    }

    private static Rule tracked(Rule rule, String passes, int releases, Duration age) {
        FastTrack.Builder track =
                FastTrack.newBuilder()
                        .setPasses(FastTrack.Passes.valueOf(passes))
                        .setReleasesBack(releases);
        if (age.isPositive()) {
            track.setMaxAge(Durations.fromMillis(age.toMillis()));
        }
        return rule.toBuilder().setFastTrack(track).build();
    }

    @Test
    void policyThatSelectsOthersIsNotAsked() {
        shop.environment().putLabels("tier", "prod");
        shop.policy(
                Policy.newBuilder()
                        .setName("policies/dev")
                        .setSelector(
                                PolicySelector.newBuilder().putEnvironmentLabels("tier", "dev"))
                        .addRules(expression("never", "false"))
                        .build());
        shop.policy(
                Policy.newBuilder()
                        .setName("policies/other")
                        .setSelector(PolicySelector.newBuilder().addProjects("projects/bank"))
                        .addRules(expression("never", "false"))
                        .build());
        shop.policy(
                Policy.newBuilder()
                        .setName("policies/mine")
                        .setSelector(
                                PolicySelector.newBuilder()
                                        .addProjects("projects/shop")
                                        .putEnvironmentLabels("tier", "prod"))
                        .addRules(expression("always", "true"))
                        .build());
        assertThat(decide().getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(decide().getRulesList())
                .extracting(RuleVerdict::getRule)
                .contains("policies/mine/rules/always")
                .doesNotContain("policies/dev/rules/never", "policies/other/rules/never");
    }

    @Test
    void sameInputHasTheSameDigestAndAnotherTimeAnotherOne() {
        shop.release().putLabels("a", "1").putLabels("b", "2").putAnnotations("c", "3");
        Decision first = decide();
        assertThat(decide().getInputDigest()).isEqualTo(first.getInputDigest()).hasSize(64);
        history.put(PlanFixture.PROD, GOOD);
        assertThat(decide().getInputDigest()).isNotEqualTo(first.getInputDigest());
    }
}
