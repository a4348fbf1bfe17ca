package dev.drover.gateway.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalsTest {

    private static final String DIGEST = "d1";
    private static final ApprovalRule OWNERS = rule(1, "owners");
    private static final ApprovalRule TWO_OF_OPS = rule(2, "ops", "sre");
    private static final ApprovalRule ANYBODY = rule(1);

    private static ApprovalRule rule(int count, String... groups) {
        return ApprovalRule.newBuilder().setCount(count).addAllGroups(List.of(groups)).build();
    }

    private static Approval word(String approver, String digest, String... groups) {
        return Approval.newBuilder()
                .setApprover(approver)
                .setPlanDigest(digest)
                .addAllGroups(List.of(groups))
                .setState(Approval.State.APPROVED)
                .build();
    }

    private static Principal person(String name, String... groups) {
        return new Principal(name, Set.of(groups), AccessLevel.OPERATOR);
    }

    private static ApprovalCase asked(List<ApprovalRule> rules, Approval... approvals) {
        return new ApprovalCase(DIGEST, "ann", rules, List.of(approvals));
    }

    private static GatewayException refusal(ApprovalCase promotion, Principal approver) {
        return catchThrowableOfType(
                GatewayException.class, () -> Approvals.check(promotion, approver, DIGEST));
    }

    @ParameterizedTest
    @CsvSource({
        "ops, sre, 2",
        "ops, ops, 2",
        "ops, owners, 1",
        "group:ops, ops, 1",
    })
    void differentPeopleOfTheGroupsCount(String first, String second, int counted) {
        Quorum quorum =
                Approvals.quorum(
                        TWO_OF_OPS,
                        asked(
                                List.of(TWO_OF_OPS),
                                word("bob", DIGEST, first),
                                word("cid", DIGEST, second)));
        assertThat(quorum.approvers()).hasSize(counted);
        assertThat(quorum.reached()).isEqualTo(counted == 2);
        assertThat(quorum.missing()).isEqualTo(2 - counted);
    }

    @Test
    void onePersonCountsOnceForARuleAndForEveryRule() {
        ApprovalCase promotion =
                asked(
                        List.of(OWNERS, TWO_OF_OPS),
                        word("bob", DIGEST, "owners", "ops"),
                        word("bob", DIGEST, "owners", "ops"));
        assertThat(Approvals.quorum(OWNERS, promotion).reached()).isTrue();
        assertThat(Approvals.quorum(TWO_OF_OPS, promotion).approvers()).containsExactly("bob");
    }

    @Test
    void wordOnAnotherPlanOrANoOrTheRequestersOwnDoesNotCount() {
        Approval no =
                word("cid", DIGEST, "owners").toBuilder().setState(Approval.State.REJECTED).build();
        ApprovalCase promotion =
                asked(
                        List.of(OWNERS),
                        word("bob", "d0", "owners"),
                        no,
                        word("ann", DIGEST, "owners"));
        assertThat(Approvals.quorum(OWNERS, promotion).approvers()).isEmpty();
        ApprovalRule own = OWNERS.toBuilder().setAllowRequester(true).build();
        assertThat(Approvals.quorum(own, promotion).approvers()).containsExactly("ann");
    }

    @Test
    void eligiblePersonMayApprove() {
        assertThatCode(() ->
                        Approvals.check(asked(List.of(OWNERS)), person("bob", "owners"), DIGEST))
                .doesNotThrowAnyException();
        assertThatCode(() -> Approvals.check(asked(List.of(ANYBODY)), person("bob"), DIGEST))
                .doesNotThrowAnyException();
        assertThatCode(() -> Approvals.check(asked(List.of()), person("bob"), DIGEST))
                .doesNotThrowAnyException();
    }

    @Test
    void requesterMayNotApprove() {
        GatewayException refusal = refusal(asked(List.of(OWNERS)), person("ann", "owners"));
        assertThat(refusal.reason()).isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
        assertThat(refusal(asked(List.of()), person("ann")).reason())
                .isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
    }

    @Test
    void requesterOutsideTheGroupsIsToldSoToo() {
        assertThat(refusal(asked(List.of(OWNERS)), person("ann", "devs")).reason())
                .isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
    }

    @Test
    void requesterMayApproveWhereARuleAllowsIt() {
        ApprovalRule own = OWNERS.toBuilder().setAllowRequester(true).build();
        assertThatCode(() ->
                        Approvals.check(
                                asked(List.of(TWO_OF_OPS, own)), person("ann", "owners"), DIGEST))
                .doesNotThrowAnyException();
    }

    @Test
    void strangerIsToldTheGroups() {
        GatewayException refusal =
                refusal(asked(List.of(OWNERS, TWO_OF_OPS)), person("bob", "devs"));
        assertThat(refusal.reason()).isEqualTo(Reason.APPROVER_NOT_ELIGIBLE);
        assertThat(refusal.text())
                .contains("a member of ops, owners, sre")
                .contains("bob is in devs");
        assertThat(refusal.details().metadata()).containsEntry("groups", "ops, owners, sre");
    }

    @Test
    void secondWordOfTheSamePersonIsRefused() {
        assertThat(
                        refusal(
                                        asked(List.of(TWO_OF_OPS), word("bob", DIGEST, "ops")),
                                        person("bob", "ops"))
                                .reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
    }

    @Test
    void stalePlanIsRefusedWithBothDigests() {
        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                Approvals.check(
                                        asked(List.of(OWNERS)), person("bob", "owners"), "d0"));
        assertThat(refusal.reason()).isEqualTo(Reason.PLAN_DIGEST_CHANGED);
        assertThat(refusal.details().metadata())
                .containsEntry("present_digest", "d1")
                .containsEntry("given_digest", "d0");
    }

    @Test
    void newPlanVoidsWhatWasApprovedBeforeAndNothingElse() {
        Approval no = word("cid", "d0").toBuilder().setState(Approval.State.REJECTED).build();
        List<Approval> after =
                Approvals.voided(List.of(word("bob", "d0"), word("dan", DIGEST), no), DIGEST);
        assertThat(after)
                .extracting(Approval::getState)
                .containsExactly(
                        Approval.State.VOIDED, Approval.State.APPROVED, Approval.State.REJECTED);
    }
}
