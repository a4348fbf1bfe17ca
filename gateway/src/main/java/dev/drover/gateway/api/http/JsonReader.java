package dev.drover.gateway.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JSON body into a message. Values go through protobuf's own parser; names are walked here,
 * because that parser cannot tell where in the text, and in which field, something is wrong.
 */
final class JsonReader {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Merges a body into a message.
     *
     * @param path of the message in the request, empty or ending in a dot
     */
    static void merge(byte[] json, Message.Builder into, String path) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonReader reader = new JsonReader(parser);
            reader.expect(parser.nextToken(), JsonToken.START_OBJECT, "the body");
            reader.object(into, path);
            if (parser.nextToken() != null) {
                throw reader.malformed("there is more after the end of the object");
            }
        } catch (JsonProcessingException e) {
            throw malformed(Text.ofSyntaxError(e), Optional.ofNullable(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail", e);
        }
    }

    /** The names in an object that was read before. */
    static List<String> keys(byte[] json) {
        try {
            List<String> keys = new ArrayList<>();
            MAPPER.readTree(json).fieldNames().forEachRemaining(keys::add);
            return keys;
        } catch (IOException e) {
            throw new IllegalStateException("it could be read before", e);
        }
    }

    private void object(Message.Builder into, String path) throws IOException {
        Set<FieldDescriptor> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonLocation where = parser.currentTokenLocation();
            String key = parser.currentName();
            FieldDescriptor field =
                    Fields.find(into.getDescriptorForType(), key)
                            .orElseThrow(() -> unknown(into, path + key, key, where));
            if (!seen.add(field)) {
                throw wrong(path + field.getName(), "is given twice", where);
            }
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL || Fields.isJsonValue(field)) {
                value(into, field, path + field.getName(), where);
            }
        }
    }

    private void value(Message.Builder into, FieldDescriptor field, String path, JsonLocation where)
            throws IOException {
        if (!Fields.isPlainMessage(field)) {
            leaf(into, field, path, where);
        } else if (field.isRepeated()) {
            expect(parser.currentToken(), JsonToken.START_ARRAY, path);
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                into.addRepeatedField(field, message(into, field, path + "[" + i + "]"));
            }
        } else {
            into.setField(field, message(into, field, path));
        }
    }

    private Message message(Message.Builder into, FieldDescriptor field, String path)
            throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, path);
        Message.Builder inner = into.newBuilderForField(field);
        object(inner, path + ".");
        return inner.build();
    }

    private void leaf(Message.Builder into, FieldDescriptor field, String path, JsonLocation where)
            throws IOException {
        JsonNode node = MAPPER.readTree(parser);
        String text = MAPPER.createObjectNode().set(field.getJsonName(), node).toString();
        // Protobuf would write another character in its place, and nobody would notice.
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw wrong(path, "has half of a surrogate pair, which is no character", where);
        }
        try {
            JsonFormat.parser().merge(text, into);
        } catch (InvalidProtocolBufferException e) {
            throw wrong(path, Text.ofValueError(e), where);
        }
    }

    private void expect(JsonToken is, JsonToken wanted, String what) {
        if (is != wanted) {
            String kind = wanted == JsonToken.START_ARRAY ? "an array" : "an object";
            throw malformed(what + " must be " + kind);
        }
    }

    private GatewayException malformed(String message) {
        return malformed(message, Optional.of(parser.currentTokenLocation()));
    }

    private static GatewayException malformed(String message, Optional<JsonLocation> where) {
        return new GatewayException(
                Reason.MALFORMED_REQUEST,
                "the body is not the JSON that this method takes: "
                        + message
                        + where.map(Text::at).orElse(""));
    }

    private static GatewayException wrong(String path, String problem, JsonLocation where) {
        return GatewayException.invalidField(path, problem + Text.at(where));
    }

    private static GatewayException unknown(
            Message.Builder into, String path, String key, JsonLocation where) {
        String problem =
                "%s has no field %s%s%s"
                        .formatted(
                                into.getDescriptorForType().getName(),
                                key,
                                Text.at(where),
                                Fields.suggestion(into.getDescriptorForType(), key));
        return new GatewayException(
                Reason.UNKNOWN_FIELD, problem, ErrorDetails.field(path, problem));
    }
}
