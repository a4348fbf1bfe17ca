package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Walks over all texts of a JSON tree. */
final class JsonTexts {

    private JsonTexts() {}

    /** A copy with every text, keys included, replaced by what the function makes of it. */
    static ObjectNode replaced(ObjectNode tree, UnaryOperator<String> function) {
        ObjectNode copy = CanonicalJson.MAPPER.createObjectNode();
        tree.properties()
                .forEach(entry ->
                        copy.set(function.apply(entry.getKey()), any(entry.getValue(), function)));
        return copy;
    }

    private static JsonNode any(JsonNode node, UnaryOperator<String> function) {
        return switch (node) {
            case ObjectNode object -> replaced(object, function);
            case ArrayNode array -> {
                ArrayNode copy = CanonicalJson.MAPPER.createArrayNode();
                array.forEach(element -> copy.add(any(element, function)));
                yield copy;
            }
            case TextNode text -> TextNode.valueOf(function.apply(text.textValue()));
            default -> node;
        };
    }

    /**
     * Calls back for every text.
     *
     * @param visitor gets the path, as in {@code TaskGroups[0].Tasks[0].Env.NAME}, and the text;
     *     for a key the path ends in {@code .KEY{}}
     */
    static void visit(JsonNode node, String path, BiConsumer<String, String> visitor) {
        switch (node) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(entry -> {
                                String key = entry.getKey();
                                String inner = path.isEmpty() ? key : path + "." + key;
                                visitor.accept(inner + "{}", key);
                                visit(entry.getValue(), inner, visitor);
                            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    visit(array.path(i), path + "[" + i + "]", visitor);
                }
            }
            case TextNode text -> visitor.accept(path, text.textValue());
            default -> {
                // Numbers and the like hold no text.
            }
        }
    }

    /** A copy without nulls: to Nomad an absent field and a null one are the same. */
    static ObjectNode withoutNulls(ObjectNode tree) {
        ObjectNode copy = CanonicalJson.MAPPER.createObjectNode();
        tree.properties()
                .forEach(entry -> {
                    if (!entry.getValue().isNull()) {
                        copy.set(entry.getKey(), withoutNulls(entry.getValue()));
                    }
                });
        return copy;
    }

    private static JsonNode withoutNulls(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> withoutNulls(object);
            case ArrayNode array -> {
                ArrayNode copy = CanonicalJson.MAPPER.createArrayNode();
                array.forEach(element -> copy.add(withoutNulls(element)));
                yield copy;
            }
            default -> node;
        };
    }
}
