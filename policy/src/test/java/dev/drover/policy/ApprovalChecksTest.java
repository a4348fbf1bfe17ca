package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalChecksTest {
    private static List<String> problems(ApprovalRule.Builder rule) {
        return RuleChecks.check(
                        Policy.newBuilder()
                                .addRules(Rule.newBuilder().setId("people").setApproval(rule))
                                .build())
                .stream()
                .map(problem -> problem.path() + ": " + problem.description())
                .toList();
    }

    @Test
    void ruleThatCanBeMetHasNoProblem() {
        assertThat(
                        problems(
                                ApprovalRule.newBuilder()
                                        .setCount(2)
                                        .addGroups("owners")
                                        .addPeople("serviceAccounts/ann")
                                        .setValidFor(Duration.newBuilder().setSeconds(28_800))
                                        .addAlternatives(
                                                ApprovalQuorum.newBuilder()
                                                        .setCount(1)
                                                        .addGroups("directors"))))
                .isEmpty();
    }

    @Test
    void moreThanThoseWhoAreNamedCannotBeAskedFor() {
        assertThat(problems(ApprovalRule.newBuilder().setCount(2).addPeople("serviceAccounts/ann")))
                .containsExactly("rules[0].approval.count: 2 needed, and people names only 1");
    }

    @Test
    void alternativeThatAsksNobodyInParticularIsRefused() {
        assertThat(
                        problems(
                                ApprovalRule.newBuilder()
                                        .setCount(2)
                                        .addGroups("owners")
                                        .addAlternatives(ApprovalQuorum.newBuilder().setCount(1))))
                .singleElement()
                .asString()
                .startsWith("rules[0].approval.alternatives[0]: names neither groups nor people");
    }

    @Test
    void approvalThatNeverCountsIsRefused() {
        assertThat(
                        problems(
                                ApprovalRule.newBuilder()
                                        .setCount(1)
                                        .setValidFor(Duration.getDefaultInstance())))
                .containsExactly(
                        "rules[0].approval.valid_for: must be longer than nothing, and at most 366 days");
    }
}
