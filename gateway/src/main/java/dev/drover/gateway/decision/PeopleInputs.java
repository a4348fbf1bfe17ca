package dev.drover.gateway.decision;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.auth.People;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalQuorum;
import dev.drover.v1.PeopleFacts;
import dev.drover.v1.ServiceAccount;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** People as they are recorded with a decision, and back again. */
final class PeopleInputs {
    private static final int ASKED_MAX = 200;

    private PeopleInputs() {}

    static PeopleFacts of(GateRequest request) {
        ApprovalCase promotion = ApprovalCases.of(request);
        People people = request.people().accounts();
        PeopleFacts.Builder facts =
                PeopleFacts.newBuilder().putAllEditors(request.people().editors());
        recorded(promotion, request.people()).stream()
                .filter(people.accounts()::containsKey)
                .map(people.accounts()::get)
                .map(PeopleInputs::account)
                .forEach(facts::addAccounts);
        return facts.build();
    }

    static KnownPeople known(PeopleFacts facts) {
        return new KnownPeople(People.of(facts.getAccountsList()), facts.getEditorsMap());
    }

    private static Set<String> recorded(ApprovalCase promotion, KnownPeople known) {
        Set<String> names = new TreeSet<>(known.editors().values());
        names.add(promotion.requester());
        names.add(promotion.author());
        promotion.approvals().stream().map(Approval::getApprover).forEach(names::add);
        Set<String> asked = new LinkedHashSet<>();
        List<ApprovalQuorum> quorums =
                promotion.rules().stream().flatMap(rule -> rule.quorums().stream()).toList();
        for (ApprovalQuorum quorum : quorums) {
            asked.addAll(
                    promotion.people().able(quorum.getGroupsList(), quorum.getPeopleList()).stream()
                            .limit(ASKED_MAX)
                            .toList());
        }
        asked.stream().limit(ASKED_MAX).forEach(names::add);
        return names;
    }

    private static ServiceAccount account(ServiceAccount account) {
        return ServiceAccount.newBuilder()
                .setName(account.getName())
                .addAllGroups(account.getGroupsList())
                .setAccessLevel(account.getAccessLevel())
                .setDisabled(account.getDisabled())
                .setAutomation(account.getAutomation())
                .setPerson(account.getPerson())
                .build();
    }
}
