package dev.drover.gateway.approval;

import static dev.drover.gateway.approval.ApprovalCases.DIGEST;
import static dev.drover.gateway.approval.ApprovalCases.caller;
import static dev.drover.gateway.approval.ApprovalCases.name;
import static dev.drover.gateway.approval.ApprovalCases.no;
import static dev.drover.gateway.approval.ApprovalCases.rule;
import static dev.drover.gateway.approval.ApprovalCases.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ApprovalRule.Rejections;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    private static final ApprovalRule OWNERS = rule(1, "owners");
    private static final ApprovalRule TWO_OF_OPS = rule(2, "ops", "sre");
    private static final ApprovalRule ANYBODY = rule(1);

    private final ApprovalCases shop = new ApprovalCases();

    @BeforeEach
    void people() {
        shop.person("ann", "owners", "devs");
        shop.person("bob", "owners", "ops");
        shop.person("cid", "ops");
        shop.person("dan", "devs");
    }

    private static GatewayException refusal(ApprovalCase promotion, Principal approver) {
        return catchThrowableOfType(
                GatewayException.class, () -> Approvals.check(promotion, approver, DIGEST, "fine"));
    }

    private static GatewayException refusedNo(ApprovalCase promotion, Principal person) {
        return catchThrowableOfType(
                GatewayException.class, () -> Approvals.rejectionEnds(promotion, person));
    }

    @Test
    void eligiblePersonMayApprove() {
        Principal bob = caller("bob", "owners", "ops");
        for (List<ApprovalRule> rules :
                List.of(List.of(OWNERS), List.of(ANYBODY), List.<ApprovalRule>of())) {
            assertThatCode(() -> Approvals.check(shop.promotion(rules), bob, DIGEST, ""))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void requesterMayNotApprove() {
        Principal ann = caller("ann", "owners", "devs");
        for (List<ApprovalRule> rules :
                List.of(List.of(OWNERS), List.of(TWO_OF_OPS), List.of(ANYBODY))) {
            assertThat(refusal(shop.promotion(rules), ann).reason())
                    .isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
        }
        assertThat(refusal(shop.promotion(List.of()), ann).reason())
                .isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
    }

    @Test
    void requesterMayApproveWhereARuleAllowsIt() {
        ApprovalRule own = OWNERS.toBuilder().setAllowRequester(true).build();
        assertThatCode(() ->
                        Approvals.check(
                                shop.promotion(List.of(TWO_OF_OPS, own)),
                                caller("ann", "owners", "devs"),
                                DIGEST,
                                ""))
                .doesNotThrowAnyException();
    }

    @Test
    void otherAccountOfTheRequesterMayNotApproveEither() {
        shop.of("ann").setPerson("Ann@Example.org");
        shop.of("bob").setPerson("ann@example.org ");
        GatewayException refusal =
                refusal(shop.promotion(List.of(OWNERS)), caller("bob", "owners", "ops"));
        assertThat(refusal.reason()).isEqualTo(Reason.SELF_APPROVAL_FORBIDDEN);
        assertThat(refusal.text())
                .startsWith("serviceAccounts/bob, as serviceAccounts/ann, asked for this");
    }

    @Test
    void strangerIsToldTheGroups() {
        GatewayException refusal =
                refusal(shop.promotion(List.of(OWNERS, TWO_OF_OPS)), caller("dan", "devs"));
        assertThat(refusal.reason()).isEqualTo(Reason.APPROVER_NOT_ELIGIBLE);
        assertThat(refusal.text())
                .contains("a member of ops, owners, sre")
                .contains("serviceAccounts/dan is in devs");
        assertThat(refusal.details().metadata()).containsEntry("groups", "ops, owners, sre");
    }

    @Test
    void authorAndEditorAndProgramsAreToldWhyTheirWordDoesNotCount() {
        shop.author("bob").editor("bob");
        ApprovalRule noAuthor = OWNERS.toBuilder().setExcludeAuthor(true).build();
        ApprovalRule noEditor = OWNERS.toBuilder().setExcludeEditor(true).build();
        Principal bob = caller("bob", "owners", "ops");
        assertThat(refusal(shop.promotion(List.of(noAuthor)), bob).text())
                .endsWith("and serviceAccounts/bob made the release");
        assertThat(refusal(shop.promotion(List.of(noEditor)), bob).text())
                .endsWith("was the last to change the policy of policies/prod/rules/people");
        shop.of("bob").setAutomation(true);
        assertThat(refusal(shop.promotion(List.of(OWNERS)), bob).text())
                .endsWith("is a program's account, which rules have to name in people");
        ApprovalRule named = OWNERS.toBuilder().addPeople(name("bob")).build();
        assertThatCode(() -> Approvals.check(shop.promotion(List.of(named)), bob, DIGEST, ""))
                .doesNotThrowAnyException();
    }

    @Test
    void secondWordOfTheSameHumanIsRefused() {
        ApprovalCase promotion =
                shop.promotion(List.of(TWO_OF_OPS), word("bob", DIGEST, "owners", "ops"));
        assertThat(refusal(promotion, caller("bob", "owners", "ops")).reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
        shop.of("bob").setPerson("b");
        shop.of("cid").setPerson("b");
        GatewayException other =
                refusal(
                        shop.promotion(List.of(TWO_OF_OPS), word("bob", DIGEST, "owners", "ops")),
                        caller("cid", "ops"));
        assertThat(other.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(other.text()).startsWith("the same person, as serviceAccounts/bob, has");
    }

    @Test
    void whatHasExpiredForOneRuleMayBeSaidAgain() {
        ApprovalRule brief = TWO_OF_OPS.toBuilder().setValidFor(Durations.fromHours(1)).build();
        shop.at(ApprovalCases.NOW.plus(Duration.ofHours(1)));
        ApprovalCase promotion =
                shop.promotion(List.of(brief, OWNERS), word("bob", DIGEST, "owners", "ops"));
        assertThatCode(() -> Approvals.check(promotion, caller("bob", "owners", "ops"), DIGEST, ""))
                .doesNotThrowAnyException();
    }

    @Test
    void missingCommentIsAskedForByTheRuleThatWantsIt() {
        ApprovalRule talk = OWNERS.toBuilder().setCommentRequired(true).build();
        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                Approvals.check(
                                        shop.promotion(List.of(talk)),
                                        caller("bob", "owners", "ops"),
                                        DIGEST,
                                        " "));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.text()).contains("comment", "policies/prod/rules/people asks for one");
        assertThatCode(() ->
                        Approvals.check(
                                shop.promotion(List.of(talk, TWO_OF_OPS)),
                                caller("cid", "ops"),
                                DIGEST,
                                ""))
                .doesNotThrowAnyException();
    }

    @Test
    void stalePlanIsRefusedWithBothDigests() {
        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                Approvals.check(
                                        shop.promotion(List.of(OWNERS)),
                                        caller("bob", "owners", "ops"),
                                        "d0",
                                        ""));
        assertThat(refusal.reason()).isEqualTo(Reason.PLAN_DIGEST_CHANGED);
        assertThat(refusal.details().metadata())
                .containsEntry("present_digest", "d1")
                .containsEntry("given_digest", "d0");
    }

    @Test
    void rejectionEndsWhereARuleOfTheirsSaysSoOrNoneCounts() {
        ApprovalRule counts = OWNERS.toBuilder().setRejections(Rejections.COUNT).build();
        Principal bob = caller("bob", "owners", "ops");
        assertThat(Approvals.rejectionEnds(shop.promotion(List.of(OWNERS)), bob)).isTrue();
        assertThat(Approvals.rejectionEnds(shop.promotion(List.of()), bob)).isTrue();
        assertThat(Approvals.rejectionEnds(shop.promotion(List.of(OWNERS)), caller("dan", "devs")))
                .isTrue();
        assertThat(Approvals.rejectionEnds(shop.promotion(List.of(counts)), bob)).isFalse();
        assertThat(Approvals.rejectionEnds(shop.promotion(List.of(counts, TWO_OF_OPS)), bob))
                .isTrue();
        assertThat(refusedNo(shop.promotion(List.of(counts)), caller("dan", "devs")).reason())
                .isEqualTo(Reason.APPROVER_NOT_ELIGIBLE);
        assertThat(refusedNo(shop.promotion(List.of(counts), no("bob", "owners")), bob).reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
    }
}
