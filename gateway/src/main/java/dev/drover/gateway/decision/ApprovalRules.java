package dev.drover.gateway.decision;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.approval.Approvals;
import dev.drover.gateway.approval.AskedRule;
import dev.drover.gateway.approval.Quorum;
import dev.drover.gateway.approval.Tally;
import dev.drover.gateway.auth.People;
import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges by the approvals that were given so far, and tells who approved and who is missing. */
final class ApprovalRules {

    private ApprovalRules() {}

    static RuleVerdict judge(Policy policy, Rule rule, ApprovalCase promotion) {
        AskedRule asked =
                promotion.rules().stream()
                        .filter(one -> one.name().equals(Rules.name(policy, rule)))
                        .findFirst()
                        .orElseThrow();
        Tally tally = Approvals.tally(asked, promotion);
        Quorum nearest = tally.nearest();
        RuleVerdict.Builder told =
                Rules.of(policy, rule, tally.reached() ? Verdict.ALLOW : Verdict.REQUIRE)
                        .setApprovals(nearest.approvers().size())
                        .setApprovalsRequired(nearest.required());
        if (tally.reached()) {
            return told.setMessage("approved by " + String.join(", ", nearest.approvers())).build();
        }
        boolean possible = tally.possible();
        return told.setCode(possible ? "APPROVALS_MISSING" : "APPROVERS_TOO_FEW")
                .setMessage(message(asked.rule(), tally, possible))
                .addAllUnblockedBy(unblockedBy(tally))
                .build();
    }

    private static String message(ApprovalRule rule, Tally tally, boolean possible) {
        List<String> parts = new ArrayList<>();
        Quorum own = tally.quorums().getFirst();
        String first =
                "%d more %s needed%s"
                        .formatted(
                                own.missing(),
                                own.missing() == 1 ? "approval is" : "approvals are",
                                from(own.asked()));
        String others =
                tally.quorums().stream()
                        .skip(1)
                        .map(quorum -> ", or " + quorum.missing() + from(quorum.asked()))
                        .collect(Collectors.joining());
        parts.add(first + others + leftOut(rule));
        if (!tally.known()) {
            // Recorded before people were looked at: it is told as it was told then.
            return String.join("; ", parts);
        }
        tally.quorums().stream()
                .filter(quorum -> !quorum.approvers().isEmpty())
                .forEach(quorum ->
                        parts.add(
                                "approved so far%s by %s"
                                        .formatted(
                                                tally.quorums().size() == 1
                                                        ? ""
                                                        : of(quorum.asked()),
                                                String.join(", ", quorum.approvers()))));
        if (!tally.against().isEmpty()) {
            parts.add(
                    "rejected by %s, which asks for as many approvals more"
                            .formatted(String.join(", ", tally.against())));
        }
        parts.addAll(tally.lost());
        if (!possible) {
            parts.add(tooFew(tally));
        }
        return String.join("; ", parts);
    }

    private static String tooFew(Tally tally) {
        return tally.quorums().stream()
                .map(quorum ->
                        "%d needed, only %d account%s can still approve%s"
                                .formatted(
                                        quorum.required(),
                                        quorum.able().size(),
                                        quorum.able().size() == 1 ? "" : "s",
                                        quorum.able().isEmpty()
                                                ? ""
                                                : ": " + String.join(", ", quorum.able())))
                .collect(Collectors.joining(", and "));
    }

    private static String leftOut(ApprovalRule rule) {
        List<String> out = new ArrayList<>();
        if (!rule.getAllowRequester()) {
            out.add("the requester's own");
        }
        if (rule.getExcludeAuthor()) {
            out.add("the release author's");
        }
        if (rule.getExcludeEditor()) {
            out.add("that of whoever changed the policy last");
        }
        return out.isEmpty() ? "" : ", not " + String.join(" nor ", out);
    }

    private static String from(ApprovalQuorum quorum) {
        String of = of(quorum);
        return of.isEmpty() ? "" : " from" + of.substring(" of".length());
    }

    private static String of(ApprovalQuorum quorum) {
        String groups =
                String.join(
                        " or ",
                        quorum.getGroupsList().stream().map(People::groupName).sorted().toList());
        String members = groups.isEmpty() ? "" : " of members of " + groups;
        String people = String.join(" or ", quorum.getPeopleList());
        if (people.isEmpty()) {
            return members;
        }
        return (members.isEmpty() ? " of " : members + " or ") + people;
    }

    private static Set<String> unblockedBy(Tally tally) {
        Set<String> who = new LinkedHashSet<>();
        for (Quorum quorum : tally.quorums()) {
            quorum.asked().getGroupsList().stream()
                    .map(People::groupName)
                    .sorted()
                    .forEach(group -> who.add("group:" + group));
            who.addAll(quorum.asked().getPeopleList());
        }
        return who.isEmpty() ? Set.of("anybody who may approve") : who;
    }
}
