package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.DiffPolicyRevisionsRequest;
import dev.drover.v1.DiffPolicyRevisionsResponse;
import dev.drover.v1.FieldDifference;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What revisions of a policy differ in; rules are told by their ids, whatever their order. */
final class RevisionDiffs {
    private final PolicyRevisions revisions;
    private final Weakenings weakenings;

    RevisionDiffs(PolicyRevisions revisions, Weakenings weakenings) {
        this.revisions = revisions;
        this.weakenings = weakenings;
    }

    DiffPolicyRevisionsResponse diff(DiffPolicyRevisionsRequest request) {
        String policy = request.getPolicy();
        long newest = revisions.newest(policy);
        if (newest == 0) {
            throw GatewayException.notFound("drover.dev/Policy", policy);
        }
        long later = request.getToRevision() == 0 ? newest : request.getToRevision();
        long earlier = request.getFromRevision() == 0 ? later - 1 : request.getFromRevision();
        PolicyRevision to = revision(policy, later, newest);
        DiffPolicyRevisionsResponse.Builder answer =
                DiffPolicyRevisionsResponse.newBuilder().setTo(to);
        Policy before = Policy.getDefaultInstance();
        if (earlier > 0) {
            PolicyRevision from = revision(policy, earlier, newest);
            answer.setFrom(from)
                    .addAllLostGuards(
                            weakenings.between(from.getSnapshot(), Optional.of(to.getSnapshot())));
            before = from.getSnapshot();
        }
        return answer.addAllDifferences(differences(before, to.getSnapshot())).build();
    }

    private PolicyRevision revision(String policy, long number, long newest) {
        return revisions
                .get(policy, number)
                .orElseThrow(() ->
                        GatewayException.notFound(
                                "drover.dev/PolicyRevision",
                                "%s/revisions/%d (it has %d)".formatted(policy, number, newest)));
    }

    private static List<FieldDifference> differences(Policy before, Policy after) {
        List<FieldDifference> found = new ArrayList<>();
        Differences.between(declared(before), declared(after))
                .forEach(one -> found.add(told("", one)));
        Map<String, Rule> was = rules(before);
        Map<String, Rule> is = rules(after);
        Set<String> ids = new LinkedHashSet<>(was.keySet());
        ids.addAll(is.keySet());
        for (String id : ids) {
            Rule none = Rule.getDefaultInstance();
            Differences.between(was.getOrDefault(id, none), is.getOrDefault(id, none))
                    .forEach(one -> found.add(told("rules[" + id + "].", one)));
        }
        return found;
    }

    private static Map<String, Rule> rules(Policy policy) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        policy.getRulesList().forEach(rule -> rules.put(rule.getId(), rule));
        return rules;
    }

    /** What people declare. */
    private static Policy declared(Policy policy) {
        return policy.toBuilder()
                .clearRules()
                .clearRevision()
                .clearEtag()
                .clearCreateTime()
                .clearUpdateTime()
                .clearUid()
                .build();
    }

    private static FieldDifference told(String prefix, Differences.Difference one) {
        return FieldDifference.newBuilder()
                .setPath(prefix + one.path())
                .setBefore(one.before())
                .setAfter(one.after())
                .build();
    }
}
