package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.WithdrawApprovalRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of people's words on a promotion that waits, over a real store. */
class ApprovalFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Principal SECOND =
            new Principal("serviceAccounts/second", Set.of("owners"), AccessLevel.OPERATOR);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);
    private String promotion = "";
    private long revision;

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        lab.nouns().account("serviceAccounts/partner", "guests");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static ApprovalRule.Builder owners(int count) {
        return ApprovalRule.newBuilder().setCount(count).addGroups("owners");
    }

    private void asks(ApprovalRule.Builder rule) {
        lab.nouns()
                .put(
                        "policies/people",
                        Policy.newBuilder()
                                .setName("policies/people")
                                .setRevision(++revision)
                                .addRules(Rule.newBuilder().setId("people").setApproval(rule))
                                .build());
    }

    private void waits(ApprovalRule.Builder rule) {
        asks(rule);
        TestJobs web = TestJobs.service("web").minHealthy(Duration.ofSeconds(1)).release("one");
        promotion =
                lab.promote(lab.nouns().release("1", Map.of("web", web.json())), TestNouns.STAGING);
        reaches(Promotion.State.PENDING_APPROVAL);
    }

    private void reaches(Promotion.State state) {
        engine.until(LONG, () -> now().getState() == state || PromotionStates.ended(now()));
        assertThat(now().getState()).as(now().getStateMessage()).isEqualTo(state);
    }

    /** The engine looks again after this time. */
    private void pass(Duration duration) {
        time.advance(duration);
        engine.round();
    }

    private Promotion now() {
        return lab.promotion(promotion);
    }

    private List<Approval.State> words() {
        return now().getApprovalsList().stream().map(Approval::getState).toList();
    }

    private RuleVerdict people() {
        return now().getDecision().getRulesList().stream()
                .filter(rule -> rule.getRule().equals("policies/people/rules/people"))
                .findFirst()
                .orElseThrow();
    }

    private void withdraw(Principal who) {
        lab.call(
                "WithdrawApproval",
                who,
                WithdrawApprovalRequest.newBuilder()
                        .setName(promotion)
                        .setReason("too early")
                        .build());
    }

    @Test
    void withdrawnApprovalIsKeptAndDoesNotCount() {
        waits(owners(2));
        lab.approve(promotion, PromotionLab.OWNER);
        withdraw(PromotionLab.OWNER);
        lab.approve(promotion, SECOND);
        pass(Duration.ofMinutes(2));
        assertThat(now().getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
        assertThat(words()).containsExactly(Approval.State.WITHDRAWN, Approval.State.APPROVED);
        assertThat(now().getApprovals(0).getComment()).isEqualTo("looks good");
        assertThat(now().getApprovals(0).getVoidReason()).isEqualTo("withdrew it: too early");
        GatewayException again =
                catchThrowableOfType(GatewayException.class, () -> withdraw(PromotionLab.OWNER));
        assertThat(again.reason()).isEqualTo(Reason.TRANSITION_NOT_ALLOWED);
        lab.approve(promotion, PromotionLab.OWNER);
        reaches(Promotion.State.SUCCEEDED);
    }

    @Test
    void approverWhoLeavesTheGroupIsVoidAndItIsToldThatTooFewAreLeft() {
        waits(owners(2));
        lab.approve(promotion, SECOND);
        lab.nouns().account(SECOND.account(), "sales");
        lab.approve(promotion, PromotionLab.OWNER);
        pass(Duration.ofMinutes(2));
        assertThat(now().getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
        assertThat(words()).containsExactly(Approval.State.VOIDED, Approval.State.APPROVED);
        assertThat(people().getCode()).isEqualTo("APPROVERS_TOO_FEW");
        assertThat(now().getStateMessage())
                .contains("approved so far by serviceAccounts/owner")
                .contains("serviceAccounts/second is no longer in owners, as it was when it spoke")
                .contains("2 needed, only 1 account can still approve: serviceAccounts/owner");
        lab.nouns().account(SECOND.account(), "owners");
        pass(Duration.ofMinutes(2));
        assertThat(words().getFirst()).isEqualTo(Approval.State.VOIDED);
        assertThat(people().getCode()).isEqualTo("APPROVALS_MISSING");
        lab.approve(promotion, SECOND);
        reaches(Promotion.State.SUCCEEDED);
    }

    @Test
    void approvalThatIsTooOldExpiresAndCanBeGivenAgain() {
        waits(owners(2).setValidFor(Durations.fromHours(1)));
        lab.approve(promotion, SECOND);
        pass(Duration.ofHours(1));
        assertThat(words()).containsExactly(Approval.State.EXPIRED);
        lab.approve(promotion, PromotionLab.OWNER);
        lab.approve(promotion, SECOND);
        reaches(Promotion.State.SUCCEEDED);
    }

    @Test
    void editOfTheRuleVoidsAndARePlanThatMeansTheSameDoesNot() {
        waits(owners(2));
        lab.approve(promotion, SECOND);
        // How promotions wait for one another is no part of what is approved.
        lab.nouns().environment("staging", place -> place.setMaxRunningPromotions(3));
        pass(Duration.ofMinutes(2));
        assertThat(words()).containsExactly(Approval.State.APPROVED);
        asks(owners(2).setCommentRequired(true));
        engine.until(LONG, () -> words().contains(Approval.State.VOIDED));
        assertThat(now().getApprovals(0).getVoidReason()).isEqualTo("approved another plan");
        reaches(Promotion.State.PENDING_APPROVAL);
    }

    @Test
    void accountsOfOneHumanDoNotMakeTwoPeople() {
        for (Principal one : List.of(PromotionLab.OWNER, SECOND)) {
            lab.nouns()
                    .put(
                            one.account(),
                            ServiceAccount.newBuilder()
                                    .setName(one.account())
                                    .addGroups("owners")
                                    .setAccessLevel(AccessLevel.OPERATOR)
                                    .setPerson("olivia@example.org")
                                    .build());
        }
        waits(owners(2));
        lab.approve(promotion, SECOND);
        GatewayException refused =
                catchThrowableOfType(
                        GatewayException.class, () -> lab.approve(promotion, PromotionLab.OWNER));
        assertThat(refused.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        pass(Duration.ofMinutes(2));
        assertThat(people().getCode()).isEqualTo("APPROVERS_TOO_FEW");
    }

    @Test
    void rejectionThatCountsAsksForOneMoreAndCanBeTakenBack() {
        lab.nouns().account("serviceAccounts/third", "owners");
        waits(owners(1).setRejections(ApprovalRule.Rejections.COUNT));
        lab.call(
                "RejectPromotion",
                SECOND,
                RejectPromotionRequest.newBuilder()
                        .setName(promotion)
                        .setReason("not on a Friday")
                        .build());
        lab.approve(promotion, PromotionLab.OWNER);
        pass(Duration.ofMinutes(2));
        assertThat(now().getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
        assertThat(now().getStateMessage()).contains("rejected by serviceAccounts/second");
        withdraw(SECOND);
        reaches(Promotion.State.SUCCEEDED);
        assertThat(words()).containsExactly(Approval.State.WITHDRAWN, Approval.State.APPROVED);
    }

    @Test
    void approvalAsksForTheEtagAndRefusesAStaleOne() {
        waits(owners(2));
        ApprovePromotionRequest request =
                ApprovePromotionRequest.newBuilder()
                        .setName(promotion)
                        .setPlanDigest(now().getPlan().getDigest())
                        .build();
        String before = lab.etag(promotion);
        assertThat(refused(request).reason()).isEqualTo(Reason.INVALID_FIELD);
        lab.approve(promotion, SECOND);
        assertThat(refused(request.toBuilder().setEtag(before).build()).reason())
                .isEqualTo(Reason.ETAG_MISMATCH);
    }

    private GatewayException refused(ApprovePromotionRequest request) {
        return catchThrowableOfType(
                GatewayException.class,
                () -> lab.call("ApprovePromotion", PromotionLab.OWNER, request));
    }
}
