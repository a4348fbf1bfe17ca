package dev.drover.cli;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Tells an error of a call: the message, what is wrong in detail, and what it is called. */
final class ErrorText {
    private ErrorText() {}

    static String of(StatusRuntimeException error, String address) {
        Status status = StatusProto.fromThrowable(error);
        if (status == null || status.getDetailsCount() == 0) {
            return plain(error, address);
        }
        StringBuilder text = new StringBuilder("Error: ").append(status.getMessage());
        for (Any detail : status.getDetailsList()) {
            append(text, detail, status.getMessage());
        }
        return text.toString();
    }

    private static String plain(StatusRuntimeException error, String address) {
        String description = error.getStatus().getDescription();
        return switch (error.getStatus().getCode()) {
            case UNAVAILABLE ->
                    "Error: no gateway answers at "
                            + address
                            + " ("
                            + description
                            + "); is it running, and is DROVER_ADDR or --address right?";
            case DEADLINE_EXCEEDED ->
                    "Error: the gateway at " + address + " did not answer in time";
            default ->
                    "Error: "
                            + error.getStatus().getCode()
                            + (description == null ? "" : ": " + description);
        };
    }

    private static void append(StringBuilder text, Any detail, String message) {
        try {
            if (detail.is(BadRequest.class)) {
                for (var field : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                    if (!message.contains(field.getDescription())) {
                        text.append("\n  ")
                                .append(field.getField())
                                .append(": ")
                                .append(field.getDescription());
                    }
                }
            } else if (detail.is(PreconditionFailure.class)) {
                for (var one : detail.unpack(PreconditionFailure.class).getViolationsList()) {
                    text.append("\n  ")
                            .append(one.getSubject())
                            .append(": ")
                            .append(one.getDescription());
                }
            } else if (detail.is(ErrorInfo.class)) {
                text.append("\n  (").append(detail.unpack(ErrorInfo.class).getReason()).append(')');
            }
        } catch (InvalidProtocolBufferException e) {
            text.append("\n  (a detail of type ")
                    .append(detail.getTypeUrl())
                    .append(" cannot be read)");
        }
    }
}
