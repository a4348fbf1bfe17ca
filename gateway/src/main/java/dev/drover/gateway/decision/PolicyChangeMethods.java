package dev.drover.gateway.decision;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.PolicyCandidates;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.operation.Operations;
import dev.drover.v1.BacktestPolicyMetadata;
import dev.drover.v1.BacktestPolicyRequest;
import dev.drover.v1.Calendar;
import dev.drover.v1.DiffPolicyRevisionsRequest;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyChangeProto;
import dev.drover.v1.PreviewPolicyRequest;
import dev.drover.v1.PreviewPolicyResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code drover.v1.PolicyChangeService}: what a change of a policy would do. */
public final class PolicyChangeMethods {
    private static final int USUAL = 200;
    private static final int MOST = 10_000;

    private final Ports ports;

    /** What these methods need of others. */
    public record Ports(
            Lookup lookup,
            PolicyCandidates candidates,
            Gate gate,
            DecisionLog log,
            PolicyRevisions revisions,
            Operations operations,
            InstantSource clock) {}

    /** Methods over these ports. */
    public PolicyChangeMethods(Ports ports) {
        this.ports = ports;
    }

    /** Puts them into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                method("BacktestPolicy"),
                (call, request) -> backtest(call, (BacktestPolicyRequest) request));
        methods.add(
                method("PreviewPolicy"),
                (call, request) -> preview((PreviewPolicyRequest) request));
        methods.add(
                method("DiffPolicyRevisions"),
                (call, request) ->
                        new RevisionDiffs(ports.revisions(), weakenings())
                                .diff((DiffPolicyRevisionsRequest) request));
    }

    private static MethodDescriptor method(String name) {
        return Objects.requireNonNull(
                PolicyChangeProto.getDescriptor()
                        .findServiceByName("PolicyChangeService")
                        .findMethodByName(name));
    }

    Message backtest(Call call, BacktestPolicyRequest request) {
        Backtest.Question question = question(request);
        AuditEvent event =
                new AuditEvent(
                        call.caller().account(),
                        "policy.backtest",
                        question.policy(),
                        "Back-test of "
                                + (request.getDeletion() ? "the deletion" : "a candidate")
                                + " started",
                        Map.of(),
                        call.id());
        return ports.operations()
                .start(
                        metadata(0),
                        event,
                        progress ->
                                backtest()
                                        .run(
                                                question,
                                                judged -> progress.report(metadata(judged))));
    }

    PreviewPolicyResponse preview(PreviewPolicyRequest request) {
        int most = most(request.getMaxPromotions());
        String name = request.getPolicy().getName();
        Optional<Policy> after = candidate(request.getPolicy(), request.getDeletion());
        try {
            return new Previews(ports.lookup(), backtest(), weakenings())
                    .preview(name, ports.candidates().present(name), after, most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(Reason.CALL_CANCELLED, "the preview was cancelled");
        }
    }

    private Weakenings weakenings() {
        return new Weakenings(
                new WindowComparison(
                        names ->
                                names.stream()
                                        .map(name ->
                                                ports.lookup().get(Calendar.class, name).message())
                                        .toList(),
                        ports.clock().instant()));
    }

    private static int most(int asked) {
        if (asked < 0 || asked > MOST) {
            throw GatewayException.invalidField(
                    "max_promotions",
                    "is %d; write 1 to %d, or leave it out for %d".formatted(asked, MOST, USUAL));
        }
        return asked == 0 ? USUAL : asked;
    }

    private Backtest backtest() {
        return new Backtest(ports.gate(), ports.log(), ports.revisions());
    }

    private Backtest.Question question(BacktestPolicyRequest request) {
        int most = most(request.getMaxPromotions());
        if (!request.getEnvironment().isEmpty()) {
            ports.lookup().get(Environment.class, request.getEnvironment());
        }
        Instant from = request.hasStartTime() ? instant(request.getStartTime()) : Instant.MIN;
        Instant before = request.hasEndTime() ? instant(request.getEndTime()) : Instant.MAX;
        if (!from.isBefore(before)) {
            throw GatewayException.invalidField(
                    "end_time", "is not after start_time; no decision lies between them");
        }
        return new Backtest.Question(
                request.getPolicy().getName(),
                candidate(request.getPolicy(), request.getDeletion()),
                new Backtest.Scope(
                        request.getEnvironment().isEmpty()
                                ? Set.of()
                                : Set.of(request.getEnvironment()),
                        from,
                        before,
                        most));
    }

    private Optional<Policy> candidate(Policy policy, boolean deletion) {
        if (deletion) {
            ports.candidates().name(policy.getName());
            return Optional.empty();
        }
        return Optional.of(ports.candidates().checked(policy));
    }

    private static Instant instant(Timestamp time) {
        return DecisionInputs.instant(time);
    }

    private static Message metadata(long promotions) {
        return BacktestPolicyMetadata.newBuilder().setPromotions(promotions).build();
    }
}
