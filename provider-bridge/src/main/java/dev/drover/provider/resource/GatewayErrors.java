package dev.drover.provider.resource;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/**
 * Refusals of the gateway as diagnostics: at the attribute that they are about, where there is one.
 */
final class GatewayErrors {
    static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private GatewayErrors() {}

    /** Adds what the gateway said. */
    static void report(
            StatusRuntimeException refused, Noun noun, String what, String address, Call call) {
        Status status = StatusProto.fromThrowable(refused);
        if (status == null || status.getDetailsCount() == 0) {
            call.diagnostics().error("Cannot " + what, plain(refused, address));
            return;
        }
        boolean placed = false;
        StringBuilder more = new StringBuilder(status.getMessage());
        for (Any detail : status.getDetailsList()) {
            try {
                if (detail.is(BadRequest.class)) {
                    for (var field : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                        add(noun, what, field, call);
                        placed = true;
                    }
                } else if (detail.is(PreconditionFailure.class)) {
                    for (var one : detail.unpack(PreconditionFailure.class).getViolationsList()) {
                        more.append("\n  - ").append(one.getSubject());
                        more.append(": ").append(one.getDescription());
                    }
                }
            } catch (InvalidProtocolBufferException e) {
                more.append("\n(a detail of type ")
                        .append(detail.getTypeUrl())
                        .append(" is unreadable)");
            }
        }
        if (!placed) {
            call.diagnostics().error("Cannot " + what, more + origin(status, address));
        }
    }

    /** The reason that the gateway gave; empty where it gave none. */
    static Optional<ErrorInfo> reason(StatusRuntimeException refused) {
        Status status = StatusProto.fromThrowable(refused);
        if (status == null) {
            return Optional.empty();
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return Optional.of(detail.unpack(ErrorInfo.class));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static boolean is(StatusRuntimeException refused, String reason) {
        return reason(refused).map(info -> info.getReason().equals(reason)).orElse(false);
    }

    private static void add(
            Noun noun, String what, BadRequest.FieldViolation violation, Call call) {
        AttributePath path = Paths.attribute(noun, violation.getField());
        call.diagnostics()
                .add(
                        Diagnostic.error(
                                        "Cannot " + what,
                                        (path.isRoot() ? violation.getField() : path)
                                                + ": "
                                                + violation.getDescription())
                                .at(path));
    }

    private static String plain(StatusRuntimeException refused, String address) {
        String said = refused.getStatus().getDescription();
        return switch (refused.getStatus().getCode()) {
            case UNAVAILABLE ->
                    "No gateway answers at "
                            + address
                            + " ("
                            + said
                            + "). Is it running, and is the provider's"
                            + " address (DROVER_ADDR) right?";
            case DEADLINE_EXCEEDED -> "The gateway at " + address + " did not answer in time.";
            default ->
                    "The gateway at "
                            + address
                            + " answered "
                            + refused.getStatus().getCode()
                            + (said == null ? "" : ": " + said);
        };
    }

    private static String origin(Status status, String address) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    String reason = detail.unpack(ErrorInfo.class).getReason();
                    return "\n(" + reason + " from the gateway at " + address + ")";
                } catch (InvalidProtocolBufferException e) {
                    return "";
                }
            }
        }
        return "";
    }
}
