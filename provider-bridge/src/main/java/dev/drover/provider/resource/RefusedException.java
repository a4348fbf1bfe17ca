package dev.drover.provider.resource;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gateway said no, or nothing at all. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Reasons that pass by themselves, and for which nothing was changed. */
    private static final Set<String> PASSING =
            Set.of("SHUTTING_DOWN", "STORE_UNAVAILABLE", "REVISION_CONFLICT");

    private final Status.Code code;
    private final String text;
    private final transient List<Any> details;

    private RefusedException(StatusRuntimeException refused, String text, List<Any> details) {
        super(refused);
        this.code = refused.getStatus().getCode();
        this.text = text;
        this.details = details;
    }

    static RefusedException of(StatusRuntimeException refused) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        boolean told = status != null && status.getDetailsCount() > 0;
        String said = refused.getStatus().getDescription();
        return told
                ? new RefusedException(refused, status.getMessage(), status.getDetailsList())
                : new RefusedException(refused, said == null ? "" : said, List.of());
    }

    Status.Code code() {
        return code;
    }

    /** What was said; empty where nothing was. */
    String text() {
        return text;
    }

    /** Whether a gateway has answered, as opposed to the network or another server. */
    boolean isTold() {
        return !details.isEmpty();
    }

    /** The reason that the gateway gave; empty where it gave none. */
    String reason() {
        return detail(ErrorInfo.class).map(ErrorInfo::getReason).orElse("");
    }

    boolean is(String reason) {
        return reason().equals(reason);
    }

    /** Whether the same call may be answered soon. */
    boolean isPassing() {
        return isTold() ? PASSING.contains(reason()) : code == Status.Code.UNAVAILABLE;
    }

    /** Whether the change may have been made nevertheless. */
    boolean isUncertain() {
        return !isTold()
                && (code == Status.Code.UNAVAILABLE
                        || code == Status.Code.DEADLINE_EXCEEDED
                        || code == Status.Code.CANCELLED);
    }

    /** The fields that are wrong. */
    List<BadRequest.FieldViolation> fields() {
        return detail(BadRequest.class).map(BadRequest::getFieldViolationsList).orElse(List.of());
    }

    /** What is not met. */
    List<PreconditionFailure.Violation> preconditions() {
        return detail(PreconditionFailure.class)
                .map(PreconditionFailure::getViolationsList)
                .orElse(List.of());
    }

    private <M extends Message> Optional<M> detail(Class<M> type) {
        for (Any detail : details) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (InvalidProtocolBufferException unreadable) {
                    // The message for people has been read: it tells what this would have told.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
