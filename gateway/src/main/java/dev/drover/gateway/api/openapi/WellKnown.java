package dev.drover.gateway.api.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Types that have a form of their own in JSON. */
final class WellKnown {
    private WellKnown() {}

    static Optional<ObjectNode> schema(String message) {
        return switch (message) {
            case "google.protobuf.Timestamp" -> Optional.of(type("string", "date-time"));
            case "google.protobuf.Duration" ->
                    Optional.of(type("string", "").put("pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$"));
            case "google.protobuf.FieldMask" -> Optional.of(type("string", "field-mask"));
            case "google.protobuf.Struct", "google.protobuf.Empty" ->
                    Optional.of(type("object", ""));
            case "google.protobuf.Any" -> Optional.of(any());
            case "google.protobuf.Value" -> Optional.of(JsonNodeFactory.instance.objectNode());
            case "google.protobuf.ListValue" -> Optional.of(type("array", ""));
            default -> Optional.empty();
        };
    }

    private static ObjectNode any() {
        ObjectNode schema = type("object", "");
        schema.putObject("properties").set("@type", type("string", ""));
        return schema.put("additionalProperties", true);
    }

    static ObjectNode type(String type, String format) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", type);
        return format.isEmpty() ? schema : schema.put("format", format);
    }
}
