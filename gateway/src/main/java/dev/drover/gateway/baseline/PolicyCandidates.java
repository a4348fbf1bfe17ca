package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import dev.drover.policy.DeclarationChecks;
import dev.drover.v1.Policy;
import java.util.Optional;
import java.util.Set;

/** Policies that somebody thinks of: checked like those that are stored. */
public final class PolicyCandidates {
    private final Kind<Policy> kind;
    private final Lookup lookup;
    private final Checks checks;

    /** Candidates that may refer to what is stored. */
    public PolicyCandidates(Kinds kinds, Lookup lookup, DeclarationChecks declarations) {
        this.kind = kinds.of(Policy.class);
        this.lookup = lookup;
        this.checks = new Checks(kinds, lookup, declarations);
    }

    /**
     * The candidate without what only the gateway says of a policy.
     *
     * @throws dev.drover.gateway.error.GatewayException INVALID_FIELD, EXPRESSION_INVALID with
     *     every field that is wrong
     */
    public Policy checked(Policy candidate) {
        name(candidate.getName());
        Policy clean =
                kind.cast(Fields.without(candidate, FieldBehavior.OUTPUT_ONLY)).toBuilder()
                        .clearEtag()
                        .build();
        Draft<Policy> draft =
                new Draft<>(candidate.getName(), clean, present(candidate.getName()), Set.of(), "");
        checks.check(kind, draft, "policy");
        return clean;
    }

    /** Refuses what is no name of a policy. */
    public void name(String name) {
        checks.name(kind, "policy.name", name);
    }

    /** The policy of this name as it is stored. */
    public Optional<Policy> present(String name) {
        return lookup.stored(kind, name).map(Versioned::message);
    }
}
