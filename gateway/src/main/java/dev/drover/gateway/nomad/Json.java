package dev.drover.gateway.nomad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Lenient reading of Nomad's JSON: absent, null and "" are the same. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Json() {}

    /** Empty if the text is not JSON. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : MAPPER.createObjectNode();
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asText("");
    }

    static Optional<String> optionalText(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(value -> !value.isEmpty());
    }

    static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }

    static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    static List<String> texts(JsonNode node, String field) {
        return list(node.path(field), JsonNode::asText);
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        return StreamSupport.stream(array.spliterator(), false).map(element).toList();
    }

    static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            map.put(field.getKey(), value.apply(field.getValue()));
        }
        return map;
    }

    static Map<String, Long> counts(JsonNode node, String field) {
        return map(node.path(field), JsonNode::asLong);
    }

    static Instant nanos(JsonNode node, String field) {
        long nanos = number(node, field);
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** A time in text form; Nomad writes year 1 for "none". */
    static Optional<Instant> time(JsonNode node, String field) {
        return optionalText(node, field)
                .filter(text -> !text.startsWith("0001-"))
                .map(Instant::parse);
    }

    static String clip(String text) {
        int limit = 200;
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }
}
