package dev.drover.cli;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * Tells an error of a call. The first line says what is wrong; then come what it is made of, what
 * to do where that is not plain, and what it is called.
 */
final class ErrorText {
    private final ConnectionOptions connection;

    ErrorText(ConnectionOptions connection) {
        this.connection = connection;
    }

    String of(StatusRuntimeException error, String subject) {
        Status status = StatusProto.fromThrowable(error);
        if (status == null || status.getDetailsCount() == 0) {
            return Shown.text("Error: " + Unanswered.text(error, connection.address));
        }
        StringBuilder text =
                new StringBuilder("Error: ").append(subject).append(status.getMessage());
        for (Any detail : status.getDetailsList()) {
            append(text, detail, status.getMessage());
        }
        if (error.getStatus().getCode() == Code.UNAUTHENTICATED) {
            line(
                    text,
                    connection.anonymous()
                            ? "no token was given: set DROVER_TOKEN, or use --token-file or --token"
                            : "the token may be mistyped, expired, revoked, or of another gateway than "
                                    + connection.address);
        }
        return Shown.text(
                line(text, "(" + reason(status) + ", request " + connection.requestId + ")")
                        .toString());
    }

    private static void append(StringBuilder text, Any detail, String message) {
        try {
            if (detail.is(BadRequest.class)) {
                for (var field : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                    if (!message.contains(field.getDescription())) {
                        line(text, field.getField() + ": " + field.getDescription());
                    }
                }
            } else if (detail.is(PreconditionFailure.class)) {
                for (var one : detail.unpack(PreconditionFailure.class).getViolationsList()) {
                    if (!message.contains(one.getDescription())) {
                        line(text, one.getSubject() + ": " + one.getDescription());
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            line(text, "(a detail of type " + detail.getTypeUrl() + " cannot be read)");
        }
    }

    private static String reason(Status status) {
        for (Any detail : status.getDetailsList()) {
            try {
                if (detail.is(ErrorInfo.class)) {
                    return detail.unpack(ErrorInfo.class).getReason();
                }
            } catch (InvalidProtocolBufferException e) {
                return "reason cannot be read";
            }
        }
        return "no reason given";
    }

    private static StringBuilder line(StringBuilder text, String line) {
        return text.append("\n  ").append(line);
    }
}
