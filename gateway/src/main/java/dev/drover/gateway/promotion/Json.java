package dev.drover.gateway.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;

/** Records of the engine's own as they are stored. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    static ByteString write(Record value) {
        try {
            return ByteString.copyFrom(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value + " cannot be written", e);
        }
    }

    static <R extends Record> R read(ByteString bytes, Class<R> type) {
        try {
            return MAPPER.readValue(bytes.toByteArray(), type);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
