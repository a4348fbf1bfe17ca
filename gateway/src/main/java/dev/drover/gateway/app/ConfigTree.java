package dev.drover.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.gateway.api.StartFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration while it is put together: defaults first, then one source after the other. It
 * remembers where each value came from, so that a wrong one can be found.
 */
final class ConfigTree {
    private static final ObjectMapper MAPPER = ConfigMapper.create();

    private final ObjectNode root;
    private final Map<String, String> origins = new LinkedHashMap<>();

    ConfigTree(GatewayConfig base) {
        root = MAPPER.valueToTree(base);
    }

    /** Every key and its default, as text. */
    static SortedMap<String, String> defaults() {
        SortedMap<String, String> keys = new TreeMap<>();
        collect(MAPPER.valueToTree(GatewayConfig.DEFAULT), "", keys);
        return keys;
    }

    private static void collect(JsonNode node, String path, Map<String, String> keys) {
        node.properties()
                .forEach(entry -> {
                    String key = path + entry.getKey();
                    JsonNode value = entry.getValue();
                    if (value.isObject()) {
                        collect(value, key + ".", keys);
                    } else {
                        keys.put(key, value.isTextual() ? value.asText() : value.toString());
                    }
                });
    }

    /** The environment variable of a key: {@code listen.port} is DROVER_LISTEN_PORT. */
    static String variable(String key) {
        return "DROVER_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether a path leads to a section; it has further keys. */
    boolean isSection(String path) {
        return at(path).isObject();
    }

    /** Refuses a key that does not exist; where it stands is for the message. */
    void requireKnown(String path, String where) {
        if (at(path).isMissingNode()) {
            int dot = path.lastIndexOf('.');
            String section = dot < 0 ? "" : path.substring(0, dot);
            String known =
                    ((ObjectNode) (section.isEmpty() ? root : at(section)))
                            .properties().stream()
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.joining(", "));
            throw new StartFailure(
                    "%s: there is no key %s; known %s: %s"
                            .formatted(
                                    where,
                                    path,
                                    section.isEmpty() ? "here" : "in " + section,
                                    known));
        }
    }

    /** Sets one value; where it came from is for messages. */
    void set(String path, JsonNode value, String origin) {
        int dot = path.lastIndexOf('.');
        ObjectNode section = (ObjectNode) (dot < 0 ? root : at(path.substring(0, dot)));
        section.set(path.substring(dot + 1), value);
        origins.put(path, origin);
    }

    /** Sets one value from a text; a list is written with commas. */
    void setText(String path, String text, String origin) {
        if (at(path).isArray()) {
            ArrayNode list = MAPPER.createArrayNode();
            List.of(text.split(",")).stream()
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(list::add);
            set(path, list, origin);
        } else {
            set(path, TextNode.valueOf(text), origin);
        }
    }

    private JsonNode at(String path) {
        return root.at("/" + path.replace('.', '/'));
    }

    GatewayConfig config() {
        try {
            return MAPPER.treeToValue(root, GatewayConfig.class);
        } catch (JsonMappingException e) {
            String path =
                    e.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .filter(name -> name != null)
                            .collect(Collectors.joining("."));
            throw new StartFailure(
                    "%s: %s is %s: %s"
                            .formatted(
                                    origins.getOrDefault(path, "the configuration"),
                                    path,
                                    at(path),
                                    plain(e.getOriginalMessage())),
                    e);
        } catch (JsonProcessingException e) {
            throw new StartFailure(plain(e.getOriginalMessage()), e);
        }
    }

    // Jackson explains with the names of Java types; what the value should be is enough.
    private static String plain(String message) {
        if (message.contains("not one of the values accepted")) {
            return "choose one of "
                    + message.replaceAll("(?s).*Enum class: ", "").toLowerCase(Locale.ROOT);
        }
        return message.startsWith("Cannot deserialize")
                ? message.replaceAll(
                        "(?s)Cannot deserialize value of type `[\\w.$<>]*?(\\w+)>?` from.*",
                        "not a value of the kind $1")
                : message;
    }
}
