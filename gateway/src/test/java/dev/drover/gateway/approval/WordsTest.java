package dev.drover.gateway.approval;

import static dev.drover.gateway.approval.ApprovalCases.DIGEST;
import static dev.drover.gateway.approval.ApprovalCases.NOW;
import static dev.drover.gateway.approval.ApprovalCases.name;
import static dev.drover.gateway.approval.ApprovalCases.no;
import static dev.drover.gateway.approval.ApprovalCases.rule;
import static dev.drover.gateway.approval.ApprovalCases.word;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.drover.v1.Approval;
import dev.drover.v1.Approval.State;
import dev.drover.v1.ApprovalRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final ApprovalRule OWNERS = rule(1, "owners");
    private static final ApprovalRule OPS = rule(1, "ops");

    private final ApprovalCases shop = new ApprovalCases();

    @Test
    void newPlanVoidsWhatWasApprovedBeforeAndNothingElse() {
        List<Approval> after =
                Words.voided(
                        List.of(
                                word("bob", "d0"),
                                word("dan", DIGEST),
                                no("cid").toBuilder().setPlanDigest("d0").build()),
                        DIGEST,
                        NOW);
        assertThat(after)
                .extracting(Approval::getState)
                .containsExactly(State.VOIDED, State.APPROVED, State.REJECTED);
        assertThat(after.getFirst().getVoidReason()).isEqualTo("approved another plan");
        assertThat(after.getFirst().hasVoidTime()).isTrue();
    }

    @Test
    void wordThatCountsForNoRuleAnyMoreIsVoidForGoodAndSaysWhy() {
        shop.person("bob", "owners", "ops");
        Approval word = word("bob", DIGEST, "owners", "ops");
        ApprovalCase both = shop.promotion(List.of(OWNERS, OPS), word);
        assertThat(Words.looked(both)).containsExactly(word);
        shop.of("bob").clearGroups().addGroups("ops");
        assertThat(Words.looked(shop.promotion(List.of(OWNERS, OPS), word))).containsExactly(word);
        shop.of("bob").setDisabled(true);
        Approval lost = Words.looked(shop.promotion(List.of(OWNERS, OPS), word)).getFirst();
        assertThat(lost.getState()).isEqualTo(State.VOIDED);
        assertThat(lost.getVoidReason()).isEqualTo("the account is disabled");
        shop.of("bob").setDisabled(false);
        assertThat(Words.looked(shop.promotion(List.of(OPS), lost))).containsExactly(lost);
    }

    @Test
    void oldWordExpires() {
        shop.person("bob", "owners");
        ApprovalRule brief = OWNERS.toBuilder().setValidFor(Durations.fromHours(1)).build();
        shop.at(NOW.plus(Duration.ofHours(2)));
        Approval word = word("bob", DIGEST, "owners");
        assertThat(Words.looked(shop.promotion(List.of(brief, OPS), word)).getFirst().getState())
                .isEqualTo(State.EXPIRED);
        assertThat(Words.looked(shop.promotion(List.of(brief, OWNERS), word)))
                .containsExactly(word);
    }

    @Test
    void humanTakesBackWhatAnyOfTheirAccountsSaidOfThisPlan() {
        shop.person("bob").setPerson("b");
        shop.person("bob-laptop").setPerson("b");
        shop.person("cid");
        List<Approval> after =
                Words.withdrawn(
                        shop.promotion(
                                List.of(),
                                word("bob", DIGEST),
                                no("bob-laptop"),
                                word("cid", DIGEST),
                                word("bob", "d0")),
                        name("bob"),
                        "withdrew it: too early");
        assertThat(after)
                .extracting(Approval::getState)
                .containsExactly(State.WITHDRAWN, State.WITHDRAWN, State.APPROVED, State.APPROVED);
        assertThat(after.getFirst().getVoidReason()).isEqualTo("withdrew it: too early");
    }
}
