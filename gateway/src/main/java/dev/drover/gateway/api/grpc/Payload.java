package dev.drover.gateway.api.grpc;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.api.dispatch.TooLarge;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Reads the bytes of a gRPC message; called on the call's own thread. */
final class Payload {
    private Payload() {}

    /**
     * The message that the bytes stand for.
     *
     * @param limit size after decompression: a small gzip can be a huge message
     */
    static Message read(GrpcMessage message, Message prototype, int limit) {
        if (message.format() != WireFormat.PROTOBUF) {
            throw malformed("this gateway reads protobuf over gRPC; use HTTP for JSON");
        }
        try {
            Message read =
                    prototype
                            .newBuilderForType()
                            .mergeFrom(
                                    inflated(message, limit),
                                    ExtensionRegistryLite.getEmptyRegistry())
                            .build();
            UnknownFields.refuse(read);
            return read;
        } catch (InvalidProtocolBufferException e) {
            throw malformed(
                    "the bytes are not a "
                            + prototype.getDescriptorForType().getFullName()
                            + "; is the caller's API older or newer?");
        }
    }

    private static byte[] inflated(GrpcMessage message, int limit) {
        byte[] bytes = message.payload().getBytes();
        if (message.encoding().equals("identity")) {
            return bytes;
        }
        if (!message.encoding().equals("gzip")) {
            throw malformed(
                    "compression " + message.encoding() + " is not known here; use gzip or none");
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] all = in.readNBytes(limit + 1);
            if (all.length > limit) {
                throw TooLarge.request(limit);
            }
            return all;
        } catch (IOException e) {
            throw malformed("the request is marked as gzip and is not");
        }
    }

    static GatewayException malformed(String message) {
        return new GatewayException(Reason.MALFORMED_REQUEST, message, ErrorDetails.NONE);
    }
}
