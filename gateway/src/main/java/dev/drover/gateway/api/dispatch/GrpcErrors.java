package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.ResourceReference;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The only mapping from failures to {@code google.rpc.Status}; every face uses it. */
public final class GrpcErrors {
    /** The domain of every reason. */
    public static final String DOMAIN = "drover.dev";

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

    private GrpcErrors() {}

    /**
     * What to tell the caller about a failure.
     *
     * @param callId the call in the log; the only thing told about a fault of Drover
     */
    public static Status status(Throwable failure, String callId) {
        return failure instanceof GatewayException refusal && refusal.reason() != Reason.INTERNAL
                ? status(refusal.reason(), refusal.text(), refusal.details())
                : status(
                        Reason.INTERNAL,
                        "internal error, id " + callId,
                        ErrorDetails.NONE.with("id", callId));
    }

    /** A status with its details. */
    public static Status status(Reason reason, String message, ErrorDetails details) {
        Status.Builder status =
                Status.newBuilder().setCode(code(reason).getNumber()).setMessage(message);
        details(reason, message, details).forEach(detail -> status.addDetails(Any.pack(detail)));
        return status.build();
    }

    /** The gRPC code of a reason. */
    public static Code code(Reason reason) {
        return switch (reason) {
            case INVALID_FIELD,
                    UNKNOWN_FIELD,
                    MALFORMED_REQUEST,
                    EXPRESSION_INVALID,
                    JOBSPEC_INVALID,
                    REFERENCE_NOT_FOUND,
                    PIPELINE_CYCLE,
                    APPROVERS_TOO_FEW,
                    INVALID_QUERY,
                    IMMUTABLE_FIELD,
                    CLUSTER_SETTINGS_INVALID,
                    REQUEST_ID_REUSED,
                    NOMAD_REJECTED ->
                    Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Code.NOT_FOUND;
            case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
            case ETAG_MISMATCH, PLAN_DIGEST_CHANGED, REVISION_CONFLICT, NOMAD_CONFLICT ->
                    Code.ABORTED;
            // What Nomad does not know or allow is not what the caller named: a NOT_FOUND would
            // make Terraform forget a resource that exists.
            case FORBIDDEN_BY_BASELINE,
                    STILL_REFERENCED,
                    DELETION_PROTECTED,
                    TRANSITION_NOT_ALLOWED,
                    POLICY_DENIED,
                    NAMESPACE_NOT_FOUND,
                    NOMAD_PERMISSION_DENIED,
                    NOMAD_CANARY_UNHEALTHY,
                    NOMAD_DEPLOYMENT_ENDED,
                    NOMAD_NOT_FOUND ->
                    Code.FAILED_PRECONDITION;
            case NOT_AUTHENTICATED -> Code.UNAUTHENTICATED;
            case PERMISSION_DENIED, SELF_APPROVAL_FORBIDDEN, APPROVER_NOT_ELIGIBLE ->
                    Code.PERMISSION_DENIED;
            case LIMIT_EXCEEDED, SLOW_CONSUMER -> Code.RESOURCE_EXHAUSTED;
            case CALL_CANCELLED -> Code.CANCELLED;
            case DEADLINE_EXCEEDED -> Code.DEADLINE_EXCEEDED;
            case METHOD_NOT_FOUND -> Code.UNIMPLEMENTED;
            case STORE_UNAVAILABLE, NOMAD_UNREACHABLE, SHUTTING_DOWN -> Code.UNAVAILABLE;
            case INTERNAL -> Code.INTERNAL;
        };
    }

    private static List<Message> details(Reason reason, String message, ErrorDetails details) {
        List<Message> all = new ArrayList<>();
        all.add(
                ErrorInfo.newBuilder()
                        .setReason(reason.name())
                        .setDomain(DOMAIN)
                        .putAllMetadata(details.metadata())
                        .build());
        if (!details.fields().isEmpty()) {
            all.add(badRequest(details));
        }
        if (!details.preconditions().isEmpty()) {
            all.add(preconditionFailure(details));
        }
        details.resource().map(resource -> resourceInfo(resource, message)).ifPresent(all::add);
        if (reason == Reason.LIMIT_EXCEEDED) {
            all.add(quotaFailure(details, message));
        }
        if (details.retryAfter().isPresent() || code(reason) == Code.UNAVAILABLE) {
            all.add(retryInfo(details.retryAfter().orElse(DEFAULT_RETRY)));
        }
        return all;
    }

    private static BadRequest badRequest(ErrorDetails details) {
        BadRequest.Builder bad = BadRequest.newBuilder();
        details.fields()
                .forEach(field ->
                        bad.addFieldViolationsBuilder()
                                .setField(field.field())
                                .setDescription(field.description()));
        return bad.build();
    }

    private static PreconditionFailure preconditionFailure(ErrorDetails details) {
        PreconditionFailure.Builder failure = PreconditionFailure.newBuilder();
        details.preconditions()
                .forEach(violation ->
                        failure.addViolationsBuilder()
                                .setType(violation.type())
                                .setSubject(violation.subject())
                                .setDescription(violation.description()));
        return failure.build();
    }

    private static ResourceInfo resourceInfo(ResourceReference resource, String message) {
        return ResourceInfo.newBuilder()
                .setResourceType(resource.type())
                .setResourceName(resource.name())
                .setDescription(message)
                .build();
    }

    private static QuotaFailure quotaFailure(ErrorDetails details, String message) {
        QuotaFailure.Builder failure = QuotaFailure.newBuilder();
        failure.addViolationsBuilder()
                .setSubject(details.metadata().getOrDefault("limit", ""))
                .setDescription(message);
        return failure.build();
    }

    private static RetryInfo retryInfo(Duration wait) {
        return RetryInfo.newBuilder()
                .setRetryDelay(
                        com.google.protobuf.Duration.newBuilder()
                                .setSeconds(wait.getSeconds())
                                .setNanos(wait.getNano()))
                .build();
    }
}
