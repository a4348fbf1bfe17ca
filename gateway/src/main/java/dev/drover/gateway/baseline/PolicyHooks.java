package dev.drover.gateway.baseline;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Policy;
import java.util.List;

/** What is special about policies: every change makes a revision that is kept. */
final class PolicyHooks implements Hooks<Policy> {
    private final PolicyRevisions revisions;

    PolicyHooks(PolicyRevisions revisions) {
        this.revisions = revisions;
    }

    @Override
    public void validate(Draft<Policy> draft, Lookup lookup, Problems problems) {
        ApproverChecks.check(draft.message(), lookup, problems);
    }

    @Override
    public Prepared<Policy> beforeCommit(Draft<Policy> draft, Lookup lookup) {
        if (draft.previous().filter(draft.message()::equals).isPresent()) {
            return Prepared.of(draft.message());
        }
        long revision =
                draft.previous()
                                .map(Policy::getRevision)
                                .orElseGet(() -> revisions.newest(draft.name()))
                        + 1;
        Policy policy = draft.message().toBuilder().setRevision(revision).build();
        return new Prepared<>(
                policy,
                List.of(revisions.add(draft.name(), policy, draft.author(), reason(draft))));
    }

    /** Of this edit: a reason that was there before was given for another. */
    private static String reason(Draft<Policy> draft) {
        String reason = draft.message().getChangeReason();
        boolean old =
                draft.previous().filter(one -> one.getChangeReason().equals(reason)).isPresent();
        return old ? "" : reason;
    }

    @Override
    public void checkDeletion(Policy policy) {
        if (policy.getDeletionProtection() && !policy.getAllowOpen()) {
            throw new GatewayException(
                    Reason.DELETION_PROTECTED,
                    policy.getName()
                            + " is protected from deletion; set deletion_protection to false, or"
                            + " allow_open to true, first",
                    ErrorDetails.resource("drover.dev/Policy", policy.getName()));
        }
    }
}
