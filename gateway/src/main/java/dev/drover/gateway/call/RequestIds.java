package dev.drover.gateway.call;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.Records;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Answers that are kept by request id for 24 hours (AIP-155), so that a caller may repeat any
 * change without fear. The answer is kept in the same commit as the change.
 */
public final class RequestIds {
    private final Records records;
    private final InstantSource clock;

    /** Keeps answers in these records. */
    public RequestIds(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * The answer that this request got before.
     *
     * @param prototype default instance of the answer's type
     * @throws GatewayException REQUEST_ID_REUSED where the id was used for another request
     */
    @SuppressWarnings("unchecked")
    public <M extends Message> Optional<M> replay(Call call, Message request, M prototype) {
        String id = requestId(request);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Receipt> kept = records.receipt(call.caller().account(), id, clock.instant());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        if (!kept.get().requestDigest().equals(digest(call, request))) {
            throw new GatewayException(
                    Reason.REQUEST_ID_REUSED,
                    "request_id "
                            + id
                            + " was used within 24 hours for another request; choose a new one",
                    ErrorDetails.field("request_id", "was used for another request")
                            .with("requestId", id));
        }
        try {
            return Optional.of(
                    (M) prototype.newBuilderForType().mergeFrom(kept.get().response()).build());
        } catch (InvalidProtocolBufferException e) {
            throw new GatewayException(
                    Reason.INTERNAL,
                    "the answer kept for request_id " + id + " cannot be read",
                    ErrorDetails.NONE,
                    e);
        }
    }

    /** The receipt to commit with the change; empty where the request carries no id. */
    public Optional<Receipt> receipt(Call call, Message request, Message response) {
        String id = requestId(request);
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Receipt(
                                call.caller().account(),
                                id,
                                digest(call, request),
                                response.toByteString(),
                                clock.instant()));
    }

    private static String requestId(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName("request_id");
        String id = field == null ? "" : (String) request.getField(field);
        if (id.length() > 128) {
            throw GatewayException.invalidField(
                    "request_id", "has " + id.length() + " characters; at most 128");
        }
        return id;
    }

    private static ByteString digest(Call call, Message request) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(call.method().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return ByteString.copyFrom(sha256.digest(deterministic(request)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    // Maps have no order on the wire; without this the same request could get two digests.
    private static byte[] deterministic(Message request) {
        byte[] bytes = new byte[request.getSerializedSize()];
        var out = com.google.protobuf.CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            request.writeTo(out);
            out.checkNoSpaceLeft();
            return bytes;
        } catch (java.io.IOException e) {
            throw new IllegalStateException("an array cannot fail", e);
        }
    }
}
