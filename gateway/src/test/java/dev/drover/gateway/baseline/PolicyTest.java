package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.FastTrack;
import dev.drover.v1.ListPolicyRevisionsRequest;
import dev.drover.v1.ListPolicyRevisionsResponse;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final String NAME = "policies/prod";

    private final TestBaseline baseline = new TestBaseline();
    private final Map<String, ServiceAccount.Builder> owners = new LinkedHashMap<>();

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void everyChangeMakesARevisionThatIsKept() {
        Policy first = baseline.create(NAME, policy("plan.place < 1"));
        assertThat(first.getRevision()).isEqualTo(1);
        Policy second = baseline.update(policy("plan.place < 2").toBuilder().setName(NAME).build());
        assertThat(second.getRevision()).isEqualTo(2);
        List<PolicyRevision> revisions = revisions(0, "").getPolicyRevisionsList();
        assertThat(revisions).extracting(PolicyRevision::getRevision).containsExactly(2L, 1L);
        assertThat(revisions.get(1).getSnapshot().getRules(0)).isEqualTo(first.getRules(0));
        assertThat(revisions.get(1).getAuthor()).isEqualTo("serviceAccounts/alice");
        assertThat(baseline.revisions.get(NAME, 2).orElseThrow()).isEqualTo(revisions.get(0));
    }

    @Test
    void reasonIsKeptWithTheRevisionThatGaveItAndNotWithLaterOnes() {
        Policy policy = policy("plan.place < 1").toBuilder().setChangeReason("a start").build();
        Policy first = baseline.create(NAME, policy);
        baseline.update(first.toBuilder().clearEtag().setDisplayName("Production").build(), "*");
        baseline.update(
                first.toBuilder().clearEtag().setChangeReason("ask of audit 7").build(), "*");
        assertThat(revisions(0, "").getPolicyRevisionsList())
                .extracting(PolicyRevision::getChangeReason)
                .containsExactly("ask of audit 7", "", "a start");
    }

    @Test
    void aProtectedPolicyIsDeletedWhereItSaysThatItMayLeavePromotionsOpen() {
        Policy policy =
                policy("plan.place < 1").toBuilder()
                        .setDeletionProtection(true)
                        .setAllowOpen(true)
                        .build();
        baseline.create(NAME, policy);
        baseline.delete(Policy.class, NAME);
        assertThat(baseline.revisions.get(NAME, 1)).isPresent();
    }

    @Test
    void anUpdateThatChangesNothingMakesNoRevision() {
        Policy first = baseline.create(NAME, policy("plan.place < 1"));
        assertThat(baseline.update(first, "*").getRevision()).isEqualTo(1);
        assertThat(revisions(0, "").getPolicyRevisionsCount()).isEqualTo(1);
    }

    @Test
    void revisionsSurviveDeletionAndGoOnAfterIt() {
        baseline.create(NAME, policy("plan.place < 1"));
        baseline.delete(Policy.class, NAME);
        assertThat(revisions(0, "").getPolicyRevisionsCount()).isEqualTo(1);
        assertThat(baseline.create(NAME, policy("plan.place < 2")).getRevision()).isEqualTo(2);
    }

    @Test
    void revisionsAreReadPageByPageTheNewestFirst() {
        baseline.create(NAME, policy("plan.place < 1"));
        for (int i = 2; i <= 5; i++) {
            baseline.update(policy("plan.place < " + i).toBuilder().setName(NAME).build());
        }
        ListPolicyRevisionsResponse first = revisions(3, "");
        assertThat(first.getPolicyRevisionsList())
                .extracting(PolicyRevision::getRevision)
                .containsExactly(5L, 4L, 3L);
        ListPolicyRevisionsResponse second = revisions(3, first.getNextPageToken());
        assertThat(second.getPolicyRevisionsList())
                .extracting(PolicyRevision::getRevision)
                .containsExactly(2L, 1L);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void anExpressionThatDoesNotTypeCheckIsRefusedWithLineAndColumn() {
        GatewayException refusal =
                baseline.refusal(baseline.createRequest(NAME, policy("plan.place < 'ten'")));
        assertThat(refusal.reason()).isEqualTo(Reason.EXPRESSION_INVALID);
        assertThat(refusal.details().fields().getFirst().field())
                .isEqualTo("policy.rules[0].expression.expression");
        assertThat(refusal.details().fields().getFirst().description())
                .startsWith("line 1, column ");
    }

    @Test
    void aFastTrackThatContradictsItselfIsRefusedAtItsField() {
        FastTrack.Builder none = FastTrack.newBuilder().setPasses(FastTrack.Passes.NONE);
        assertFastTrack(none.setReleasesBack(2), "passes", "NONE lets nothing pass");
        assertFastTrack(
                FastTrack.newBuilder().setMaxAge(Duration.newBuilder().setSeconds(-1)),
                "max_age",
                "is not longer than nothing");
        assertFastTrack(FastTrack.newBuilder().setReleasesBack(51), "releases_back", "50");
    }

    private void assertFastTrack(FastTrack.Builder track, String field, String told) {
        Policy.Builder policy = policy("true").toBuilder();
        policy.getRulesBuilder(0).setFastTrack(track);
        GatewayException refusal = baseline.refusal(baseline.createRequest(NAME, policy.build()));
        assertThat(refusal.details().fields())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.field()).isEqualTo("policy.rules[0].fast_track." + field);
                    assertThat(one.description()).contains(told);
                });
    }

    @Test
    void aProtectedPolicyIsNotDeleted() {
        Policy created =
                baseline.create(
                        NAME, policy("true").toBuilder().setDeletionProtection(true).build());
        GatewayException refusal = baseline.refusal(baseline.deleteRequest(Policy.class, NAME));
        assertThat(refusal.reason()).isEqualTo(Reason.DELETION_PROTECTED);
        baseline.update(
                created.toBuilder().setDeletionProtection(false).build(), "deletion_protection");
        baseline.delete(Policy.class, NAME);
        assertThat(baseline.lookup.find(Policy.class, NAME)).isEmpty();
    }

    private ListPolicyRevisionsResponse revisions(int size, String token) {
        return baseline.call(
                ListPolicyRevisionsRequest.newBuilder()
                        .setParent(NAME)
                        .setPageSize(size)
                        .setPageToken(token)
                        .build(),
                ListPolicyRevisionsResponse.class);
    }

    @Test
    void ruleThatAsksForMorePeopleThanThereAreIsRefusedAtItsCount() {
        owner("olivia").setPerson("o");
        owner("olivia-laptop").setPerson("O");
        owner("robot").setAutomation(true);
        owner("gone").setDisabled(true);
        owners.forEach((id, account) -> baseline.create("serviceAccounts/" + id, account.build()));
        GatewayException refusal =
                baseline.refusal(baseline.createRequest(NAME, policy(approval(2))));
        assertThat(refusal.reason()).isEqualTo(Reason.APPROVERS_TOO_FEW);
        assertThat(refusal.text())
                .contains(
                        "policy.rules[0].approval.count: 2 needed, and only 1 account can approve")
                .contains(": serviceAccounts/olivia;");
        assertThat(baseline.create(NAME, policy(approval(1))).getRevision()).isEqualTo(1);
    }

    @Test
    void alternativeThatNobodyCanMeetIsRefusedToo() {
        owner("olivia");
        owners.forEach((id, account) -> baseline.create("serviceAccounts/" + id, account.build()));
        Rule.Builder rule = approval(1);
        rule.getApprovalBuilder()
                .addAlternatives(ApprovalQuorum.newBuilder().setCount(1).addGroups("directors"));
        assertThat(baseline.refusal(baseline.createRequest(NAME, policy(rule))).text())
                .contains("rules[0].approval.alternatives[0].count: 1 needed, and only 0 accounts");
    }

    private ServiceAccount.Builder owner(String id) {
        ServiceAccount.Builder account =
                ServiceAccount.newBuilder()
                        .addGroups("owners")
                        .setAccessLevel(AccessLevel.OPERATOR);
        owners.put(id, account);
        return account;
    }

    private static Rule.Builder approval(int count) {
        return Rule.newBuilder()
                .setId("people")
                .setApproval(ApprovalRule.newBuilder().setCount(count).addGroups("owners"));
    }

    private static Policy policy(Rule.Builder rule) {
        return Policy.newBuilder().addRules(rule).build();
    }

    private static Policy policy(String expression) {
        return Policy.newBuilder()
                .addRules(
                        Rule.newBuilder()
                                .setId("rule")
                                .setExpression(
                                        ExpressionRule.newBuilder().setExpression(expression)))
                .build();
    }
}
