package dev.drover.gateway.api.grpc;

import com.google.rpc.Status;
import dev.drover.gateway.api.dispatch.Inbound;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Base64;

/** Writes the end of a gRPC call; on its context only. */
final class GrpcReply {
    private static final String DETAILS = "grpc-status-details-bin";

    private GrpcReply() {}

    static void identify(GrpcServerRequest<Buffer, Buffer> request, String id) {
        request.response().headers().set(Inbound.ID_HEADER, id);
    }

    /** Ends with an error and its details. */
    static void refuse(GrpcServerResponse<Buffer, Buffer> response, Status status) {
        response.status(GrpcStatus.valueOf(status.getCode())).statusMessage(status.getMessage());
        response.trailers()
                .set(
                        DETAILS,
                        Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray()));
        response.end();
    }
}
