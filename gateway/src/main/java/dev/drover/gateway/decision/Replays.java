package dev.drover.gateway.decision;

import com.google.protobuf.ByteString;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Decision;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyReference;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.ReplayDecisionResponse;
import java.util.List;

/** Computes recorded decisions again. */
final class Replays {
    private final Gate gate;
    private final DecisionLog log;
    private final PolicyRevisions revisions;

    Replays(Gate gate, DecisionLog log, PolicyRevisions revisions) {
        this.gate = gate;
        this.log = log;
        this.revisions = revisions;
    }

    /**
     * What a decision's input leads to now, beside what was recorded.
     *
     * @throws GatewayException NOT_FOUND where a policy revision is not kept
     */
    ReplayDecisionResponse replay(RecordedDecision recorded) {
        ByteString bytes = log.input(recorded.getDecision().getInputDigest());
        List<Policy> policies = recorded.getPoliciesList().stream().map(this::policy).toList();
        return replay(gate, recorded, bytes, policies);
    }

    /** The same without a store. */
    static ReplayDecisionResponse replay(
            Gate gate, RecordedDecision recorded, ByteString input, List<Policy> policies) {
        var read = DecisionLog.parse(input);
        // Of the bytes that are kept: an input that somebody changed shows in its digest.
        Decision replayed =
                gate.decide(read, policies).toBuilder()
                        .setInputDigest(Deterministic.digest(input))
                        .build();
        boolean same =
                Deterministic.bytes(replayed).equals(Deterministic.bytes(recorded.getDecision()));
        return ReplayDecisionResponse.newBuilder()
                .setRecorded(recorded)
                .setReplayed(replayed)
                .setSame(same)
                .setDifference(same ? "" : Differences.first(recorded.getDecision(), replayed))
                .setInput(read)
                .setEvaluatorVersion(Gate.EVALUATOR_VERSION)
                .setZoneDataVersion(ZoneData.version())
                .build();
    }

    private Policy policy(PolicyReference reference) {
        return revisions
                .get(reference.getPolicy(), reference.getRevision())
                .map(PolicyRevision::getSnapshot)
                .orElseThrow(() ->
                        GatewayException.notFound(
                                "drover.dev/PolicyRevision",
                                reference.getPolicy() + "/revisions/" + reference.getRevision()));
    }
}
