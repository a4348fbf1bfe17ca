package dev.drover.gateway.baseline;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.FastTrack;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
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
        List<Rule> rules = draft.message().getRulesList();
        for (int i = 0; i < rules.size(); i++) {
            fastTrack("rules[" + i + "].fast_track", rules.get(i).getFastTrack(), problems);
        }
    }

    private static void fastTrack(String path, FastTrack track, Problems problems) {
        if (track.hasMaxAge() && !Durations.isPositive(track.getMaxAge())) {
            problems.add(
                    path + ".max_age",
                    "is not longer than nothing; leave it out where age does not matter, or say NONE in passes");
        }
        boolean bounded = track.getReleasesBack() > 0 || track.hasMaxAge();
        if (track.getPasses() == FastTrack.Passes.NONE && bounded) {
            problems.add(
                    path + ".passes",
                    "NONE lets nothing pass, so releases_back and max_age bound nothing; leave them out");
        }
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
