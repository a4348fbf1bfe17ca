package dev.drover.gateway.decision;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.DecisionRecordProto;
import dev.drover.v1.ListDecisionsRequest;
import dev.drover.v1.ListDecisionsResponse;
import dev.drover.v1.Promotion;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.ReplayDecisionRequest;
import java.util.List;
import java.util.Objects;

/** {@code drover.v1.DecisionService}: what was decided, and whether it would be again. */
public final class DecisionMethods {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;

    private final Lookup lookup;
    private final DecisionLog log;
    private final Replays replays;

    /** Methods over these decisions. */
    public DecisionMethods(Lookup lookup, Gate gate, DecisionLog log, PolicyRevisions revisions) {
        this.lookup = lookup;
        this.log = log;
        this.replays = new Replays(gate, log, revisions);
    }

    /** Puts them into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                method("ListDecisions"), (call, request) -> list((ListDecisionsRequest) request));
        methods.add(
                method("ReplayDecision"),
                (call, request) -> replay((ReplayDecisionRequest) request));
    }

    private static MethodDescriptor method(String name) {
        return Objects.requireNonNull(
                DecisionRecordProto.getDescriptor()
                        .findServiceByName("DecisionService")
                        .findMethodByName(name));
    }

    Message list(ListDecisionsRequest request) {
        String promotion = lookup.get(Promotion.class, request.getParent()).message().getName();
        if (request.getPageSize() < 0) {
            throw GatewayException.invalidField(
                    "page_size", request.getPageSize() + " is negative; 0 is " + DEFAULT_SIZE);
        }
        int size =
                request.getPageSize() == 0
                        ? DEFAULT_SIZE
                        : Math.min(request.getPageSize(), MAX_SIZE);
        String query = "decisions\n" + promotion;
        long after =
                request.getPageToken().isEmpty()
                        ? 0
                        : number(PageToken.place(query, request.getPageToken()));
        List<RecordedDecision> page = log.after(promotion, after, size);
        ListDecisionsResponse.Builder answer =
                ListDecisionsResponse.newBuilder().addAllDecisions(page);
        if (page.size() == size) {
            String last = Long.toString(page.getLast().getNumber());
            answer.setNextPageToken(PageToken.of(query, ByteString.copyFromUtf8(last)));
        }
        return answer.build();
    }

    Message replay(ReplayDecisionRequest request) {
        String promotion = lookup.get(Promotion.class, request.getPromotion()).message().getName();
        long newest = log.newest(promotion);
        long number = request.getNumber() == 0 ? newest : request.getNumber();
        if (number < 0) {
            throw GatewayException.invalidField("number", number + " is negative; 1 is the first");
        }
        return log.get(promotion, number)
                .map(replays::replay)
                .orElseThrow(() ->
                        GatewayException.notFound(
                                "drover.dev/Decision",
                                "%s/decisions/%d (it has %d)"
                                        .formatted(promotion, number, newest)));
    }

    private static long number(ByteString place) {
        try {
            return Long.parseLong(place.toStringUtf8());
        } catch (NumberFormatException e) {
            throw PageToken.unusable();
        }
    }
}
