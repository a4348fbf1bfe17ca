package dev.drover.gateway.audit;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of an entry that are hashed: JSON in the canonical form of RFC 8785, so that anybody
 * can make the same bytes from the same entry. Times have six digits after the second.
 */
public final class AuditLeaf {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private AuditLeaf() {}

    /**
     * What the log keeps of an event.
     *
     * @param seq its place, from 0
     */
    public static AuditRecord record(long seq, Instant time, AuditEvent event) {
        ByteString leaf = of(seq, time, event);
        return new AuditRecord(
                seq, time.truncatedTo(ChronoUnit.MICROS), event, leaf, MerkleHash.ofLeaf(leaf));
    }

    /** The canonical bytes of an entry. */
    static ByteString of(long seq, Instant time, AuditEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("actor", event.actor());
        fields.put("action", event.action());
        fields.put("details", event.details());
        fields.put("requestId", event.requestId());
        fields.put("resource", event.resource());
        fields.put("seq", seq);
        fields.put("summary", event.summary());
        fields.put("time", TIME.format(time));
        return CanonicalJson.bytes(fields);
    }

    /**
     * Reads an entry back. One whose bytes were damaged comes back without its fields: a log that
     * somebody tampered with must still be readable around that place.
     *
     * @param seq its place in the log
     * @param leafHash as it was kept, which need not be the hash of the leaf
     */
    public static AuditRecord parse(long seq, ByteString leaf, ByteString leafHash) {
        try {
            JsonNode json = MAPPER.readTree(leaf.toByteArray());
            AuditEvent event =
                    new AuditEvent(
                            json.required("actor").asText(),
                            json.required("action").asText(),
                            json.required("resource").asText(),
                            json.required("summary").asText(),
                            MAPPER.convertValue(json.required("details"), DETAILS),
                            json.required("requestId").asText());
            Instant time = Instant.parse(json.required("time").asText());
            return new AuditRecord(seq, time, event, leaf, leafHash);
        } catch (IOException | IllegalArgumentException | DateTimeException damage) {
            AuditEvent unreadable =
                    new AuditEvent("", "", "", "damaged: " + damage.getMessage(), Map.of(), "");
            return new AuditRecord(seq, Instant.EPOCH, unreadable, leaf, leafHash);
        }
    }
}
