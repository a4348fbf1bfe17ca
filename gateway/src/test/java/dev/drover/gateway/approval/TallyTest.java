package dev.drover.gateway.approval;

import static dev.drover.gateway.approval.ApprovalCases.DIGEST;
import static dev.drover.gateway.approval.ApprovalCases.name;
import static dev.drover.gateway.approval.ApprovalCases.no;
import static dev.drover.gateway.approval.ApprovalCases.rule;
import static dev.drover.gateway.approval.ApprovalCases.word;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ApprovalRule.Rejections;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    private static final ApprovalRule OWNERS = rule(1, "owners");
    private static final ApprovalRule TWO_OF_OPS = rule(2, "ops", "sre");

    private final ApprovalCases shop = new ApprovalCases();

    @BeforeEach
    void people() {
        shop.person("ann", "owners");
        shop.person("bob", "owners", "ops");
        shop.person("cid", "sre");
        shop.person("dan", "ops");
    }

    private List<String> approvers(ApprovalRule rule, Approval... words) {
        return shop.tally(rule, words).nearest().approvers();
    }

    @ParameterizedTest
    @CsvSource({"ops, sre, 2", "ops, ops, 2", "ops, owners, 1", "group:ops, ops, 1"})
    void differentPeopleOfTheGroupsCount(String first, String second, int counted) {
        shop.person("eve", first);
        shop.person("fay", second);
        Quorum quorum =
                shop.tally(TWO_OF_OPS, word("eve", DIGEST, first), word("fay", DIGEST, second))
                        .nearest();
        assertThat(quorum.approvers()).hasSize(counted);
        assertThat(quorum.reached()).isEqualTo(counted == 2);
        assertThat(quorum.missing()).isEqualTo(2 - counted);
    }

    @Test
    void onePersonCountsOnceForARuleAndForEveryRule() {
        Approval bob = word("bob", DIGEST, "owners", "ops");
        assertThat(shop.tally(OWNERS, bob, bob).reached()).isTrue();
        assertThat(approvers(TWO_OF_OPS, bob, bob)).containsExactly(name("bob"));
    }

    @Test
    void twoAccountsOfOneHumanCountOnce() {
        Approval[] both = {word("bob", DIGEST, "ops"), word("cid", DIGEST, "sre")};
        assertThat(shop.tally(TWO_OF_OPS, both).reached()).isTrue();
        shop.of("bob").setPerson("b");
        shop.of("cid").setPerson("B");
        assertThat(approvers(TWO_OF_OPS, both)).containsExactly(name("bob"));
    }

    @Test
    void wordOnAnotherPlanOrANoOrTheRequestersOwnDoesNotCount() {
        Approval[] words = {
            word("bob", "d0", "owners"), no("bob", "owners"), word("ann", DIGEST, "owners")
        };
        assertThat(approvers(OWNERS, words)).isEmpty();
        ApprovalRule own = OWNERS.toBuilder().setAllowRequester(true).build();
        assertThat(approvers(own, words)).containsExactly(name("ann"));
    }

    @Test
    void namedPeopleCountBesideMembersAndAlternativesInTheirPlace() {
        ApprovalRule either =
                TWO_OF_OPS.toBuilder()
                        .addAlternatives(
                                ApprovalQuorum.newBuilder().setCount(1).addPeople(name("zoe")))
                        .build();
        shop.person("zoe");
        assertThat(shop.tally(either, word("zoe", DIGEST)).reached()).isTrue();
        assertThat(shop.tally(TWO_OF_OPS, word("zoe", DIGEST)).reached()).isFalse();
        ApprovalRule named = TWO_OF_OPS.toBuilder().addPeople(name("zoe")).build();
        assertThat(shop.tally(named, word("zoe", DIGEST), word("dan", DIGEST, "ops")).reached())
                .isTrue();
        Tally half = shop.tally(either, word("dan", DIGEST, "ops"));
        assertThat(half.reached()).isFalse();
        assertThat(half.quorums()).extracting(Quorum::missing).containsExactly(1, 1);
    }

    @Test
    void whoLeftOrIsDisabledOrDeletedOrReadsOnlyDoesNotCountAnyMore() {
        Approval word = word("dan", DIGEST, "ops");
        assertThat(approvers(TWO_OF_OPS, word)).isNotEmpty();
        shop.of("dan").clearGroups().addGroups("sales");
        assertThat(shop.tally(TWO_OF_OPS, word).lost())
                .containsExactly(name("dan") + " is no longer in ops, as it was when it spoke");
        // Another group that is asked as well does not bring the word back.
        shop.of("dan").clearGroups().addGroups("sre").setDisabled(true);
        assertThat(shop.tally(TWO_OF_OPS, word).lost())
                .containsExactly(name("dan") + " the account is disabled");
        shop.gone("dan");
        assertThat(shop.tally(TWO_OF_OPS, word).lost())
                .containsExactly(name("dan") + " the account was deleted");
        assertThat(approvers(TWO_OF_OPS, word)).isEmpty();
    }

    @Test
    void wordsGrowOldByTheRuleThatSaysSo() {
        ApprovalRule brief = OWNERS.toBuilder().setValidFor(Durations.fromHours(4)).build();
        Approval word = word("bob", DIGEST, "owners", "ops");
        shop.at(ApprovalCases.NOW.plus(Duration.ofHours(4)).minusMillis(1));
        assertThat(shop.tally(brief, word).reached()).isTrue();
        shop.at(ApprovalCases.NOW.plus(Duration.ofHours(4)));
        assertThat(shop.tally(brief, word).reached()).isFalse();
        assertThat(shop.tally(brief, word).lost().getFirst()).contains("2026-10-05T16:00:00Z");
        assertThat(shop.tally(OWNERS, word).reached()).isTrue();
    }

    @Test
    void rejectionsOfThoseWhoAreAskedRaiseTheBarWhereTheyCount() {
        ApprovalRule counts = OWNERS.toBuilder().setRejections(Rejections.COUNT).build();
        shop.person("eve", "owners");
        Approval[] words = {word("bob", DIGEST, "owners", "ops"), no("eve", "owners")};
        assertThat(shop.tally(counts, words).reached()).isFalse();
        assertThat(shop.tally(counts, words).against()).containsExactly(name("eve"));
        assertThat(shop.tally(OWNERS, words).reached()).isTrue();
        Approval[] stranger = {word("bob", DIGEST, "owners", "ops"), no("cid", "sre")};
        assertThat(shop.tally(counts, stranger).reached()).isTrue();
    }

    @Test
    void thoseWhoCouldStillApproveAreKnown() {
        shop.person("eve", "owners").setAutomation(true);
        shop.person("fay", "owners").setDisabled(true);
        assertThat(shop.tally(rule(2, "owners")).nearest().able()).containsExactly(name("bob"));
        assertThat(shop.tally(rule(2, "owners")).nearest().possible()).isFalse();
        assertThat(shop.tally(rule(1, "owners")).nearest().possible()).isTrue();
        assertThat(shop.tally(rule(9)).nearest().able())
                .containsExactly(name("bob"), name("cid"), name("dan"), "root");
    }
}
