package dev.drover.gateway.approval;

import dev.drover.gateway.auth.People;
import dev.drover.gateway.auth.Principal;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalQuorum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what people said. */
final class Tallies {
    private Tallies() {}

    static Tally of(AskedRule asked, ApprovalCase promotion) {
        List<Approval> counting =
                promotion.standing().stream()
                        .filter(word -> Eligibility.of(asked, promotion, word).isEmpty())
                        .toList();
        List<String> against = asked.rejectionsCount() ? against(asked, promotion) : List.of();
        List<Quorum> quorums =
                asked.quorums().stream()
                        .map(quorum -> quorum(quorum, asked, promotion, counting, against.size()))
                        .toList();
        return new Tally(quorums, against, lost(asked, promotion), promotion.people().known());
    }

    private static Quorum quorum(
            ApprovalQuorum quorum,
            AskedRule asked,
            ApprovalCase promotion,
            List<Approval> counting,
            int against) {
        People people = promotion.people();
        Map<String, String> humans = new LinkedHashMap<>();
        counting.stream()
                .filter(word ->
                        Eligibility.asks(quorum, people, word.getApprover(), word.getGroupsList()))
                .forEach(word ->
                        humans.putIfAbsent(people.human(word.getApprover()), word.getApprover()));
        int required = quorum.getCount() + against;
        List<String> approvers = List.copyOf(humans.values());
        if (approvers.size() < required) {
            able(quorum, asked, promotion)
                    .forEach(account -> humans.putIfAbsent(people.human(account), account));
        }
        return new Quorum(quorum, required, approvers, List.copyOf(humans.values()));
    }

    private static List<String> able(
            ApprovalQuorum quorum, AskedRule asked, ApprovalCase promotion) {
        List<String> able = new ArrayList<>();
        People people = promotion.people();
        people.able(quorum.getGroupsList(), quorum.getPeopleList()).stream()
                .filter(account -> may(account, asked, promotion))
                .forEach(able::add);
        String root = Principal.ROOT.account();
        if (quorum.getGroupsCount() == 0
                && quorum.getPeopleCount() == 0
                && may(root, asked, promotion)) {
            able.add(root);
        }
        return able;
    }

    private static boolean may(String account, AskedRule asked, ApprovalCase promotion) {
        return promotion.words(Approval.State.REJECTED).stream()
                        .noneMatch(word -> promotion.people().same(word.getApprover(), account))
                && Eligibility.of(
                                asked,
                                promotion,
                                account,
                                promotion.people().groups(account, Set.of()))
                        .isEmpty();
    }

    private static List<String> against(AskedRule asked, ApprovalCase promotion) {
        Set<String> humans = new HashSet<>();
        return promotion.words(Approval.State.REJECTED).stream()
                .filter(word ->
                        Eligibility.of(asked, promotion, word.getApprover(), word.getGroupsList())
                                .isEmpty())
                .map(Approval::getApprover)
                .filter(account -> humans.add(promotion.people().human(account)))
                .toList();
    }

    /** Approvals of this plan that counted once, or for another rule only. */
    private static List<String> lost(AskedRule asked, ApprovalCase promotion) {
        List<String> lost = new ArrayList<>();
        for (Approval word : promotion.approvals()) {
            if (!word.getPlanDigest().equals(promotion.planDigest())) {
                continue;
            }
            switch (word.getState()) {
                case VOIDED, EXPIRED -> lost.add(word.getApprover() + " " + word.getVoidReason());
                case APPROVED ->
                        Eligibility.of(asked, promotion, word)
                                .filter(why -> why.kind() != Hindrance.Kind.NOT_ASKED)
                                .ifPresent(why -> lost.add(word.getApprover() + " " + why.text()));
                default -> {}
            }
        }
        return lost.stream().distinct().toList();
    }
}
