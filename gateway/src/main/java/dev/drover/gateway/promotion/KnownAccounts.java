package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.People;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.decision.KnownPeople;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads who could approve; only where somebody asks for approvals. */
final class KnownAccounts {
    private final Lookup lookup;
    private final PolicyRevisions revisions;

    KnownAccounts(Lookup lookup, PolicyRevisions revisions) {
        this.lookup = lookup;
        this.revisions = revisions;
    }

    /** Everybody, where one of these policies asks for people. */
    KnownPeople of(List<Policy> policies) {
        if (policies.stream().noneMatch(policy -> any(policy, Rule::hasApproval))) {
            return KnownPeople.NONE;
        }
        return new KnownPeople(people(), editors(policies));
    }

    People people() {
        return People.of(
                lookup.list(ServiceAccount.class, "").stream().map(Versioned::message).toList());
    }

    private Map<String, String> editors(List<Policy> policies) {
        Map<String, String> editors = new LinkedHashMap<>();
        policies.stream()
                .filter(policy -> any(policy, rule -> rule.getApproval().getExcludeEditor()))
                .forEach(policy ->
                        revisions
                                .get(policy.getName(), policy.getRevision())
                                .map(PolicyRevision::getAuthor)
                                .ifPresent(author -> editors.put(policy.getName(), author)));
        return editors;
    }

    private static boolean any(Policy policy, Predicate<Rule> which) {
        return policy.getRulesList().stream().anyMatch(which);
    }
}
