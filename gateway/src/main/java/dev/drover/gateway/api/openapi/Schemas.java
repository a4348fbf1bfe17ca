package dev.drover.gateway.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.drover.gateway.api.schema.Comments;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Messages as JSON schemas; collects those that are referred to. */
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OWN = "drover.v1.";

    private final Comments comments;
    private final Map<String, ObjectNode> made = new TreeMap<>();
    private final Deque<GenericDescriptor> wanted = new ArrayDeque<>();

    Schemas(Comments comments) {
        this.comments = comments;
    }

    /** All schemas that were referred to, and those that they refer to. */
    ObjectNode all() {
        while (!wanted.isEmpty()) {
            GenericDescriptor next = wanted.removeFirst();
            if (!made.containsKey(key(next))) {
                made.put(
                        key(next),
                        switch (next) {
                            case Descriptor message -> object(message, Set.of());
                            case EnumDescriptor type -> enumeration(type);
                            default -> throw new IllegalStateException(next.getFullName());
                        });
            }
        }
        ObjectNode schemas = JSON.objectNode();
        made.forEach(schemas::set);
        return schemas;
    }

    /**
     * A reference to the schema of a message, or the schema itself where JSON has a form for it.
     */
    ObjectNode of(Descriptor message) {
        return WellKnown.schema(message.getFullName()).orElseGet(() -> reference(message));
    }

    private ObjectNode reference(GenericDescriptor type) {
        wanted.add(type);
        return JSON.objectNode().put("$ref", "#/components/schemas/" + key(type));
    }

    private static String key(GenericDescriptor type) {
        String name = type.getFullName();
        return name.startsWith(OWN) ? name.substring(OWN.length()) : name;
    }

    /** The schema of a message without some of its fields. */
    ObjectNode object(Descriptor message, Set<String> without) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        describe(schema, message.getFullName());
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (FieldDescriptor field : message.getFields()) {
            if (!without.contains(field.getName())) {
                properties.set(field.getJsonName(), property(field));
                if (has(field, FieldBehavior.REQUIRED)) {
                    required.add(field.getJsonName());
                }
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    /** The schema of a field, with its comment and behaviour. */
    ObjectNode property(FieldDescriptor field) {
        ObjectNode schema = value(field);
        describe(schema, field.getFullName());
        if (has(field, FieldBehavior.OUTPUT_ONLY)) {
            schema.put("readOnly", true);
        }
        if (has(field, FieldBehavior.INPUT_ONLY)) {
            schema.put("writeOnly", true);
        }
        if (has(field, FieldBehavior.IMMUTABLE)) {
            schema.put("x-immutable", true);
        }
        return schema;
    }

    static boolean has(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    private ObjectNode value(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode map = JSON.objectNode().put("type", "object");
            map.set(
                    "additionalProperties",
                    single(field.getMessageType().findFieldByName("value")));
            return map;
        }
        if (field.isRepeated()) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            list.set("items", single(field));
            return list;
        }
        return single(field);
    }

    private ObjectNode single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of(field.getMessageType());
            case ENUM -> reference(field.getEnumType());
            case STRING -> WellKnown.type("string", "");
            case BYTE_STRING -> WellKnown.type("string", "byte");
            case BOOLEAN -> WellKnown.type("boolean", "");
            case INT -> WellKnown.type("integer", "int32");
            // A JSON number cannot hold every one of them.
            case LONG -> WellKnown.type("string", "int64");
            case FLOAT -> WellKnown.type("number", "float");
            case DOUBLE -> WellKnown.type("number", "double");
        };
    }

    private ObjectNode enumeration(EnumDescriptor type) {
        ObjectNode schema = JSON.objectNode().put("type", "string");
        StringBuilder text = new StringBuilder(comments.of(type.getFullName()));
        ArrayNode values = schema.putArray("enum");
        type.getValues()
                .forEach(value -> {
                    values.add(value.getName());
                    String meaning = comments.of(type.getFullName() + "." + value.getName());
                    text.append("\n- ").append(value.getName()).append(": ").append(meaning);
                });
        return schema.put("description", text.toString());
    }

    private void describe(ObjectNode schema, String fullName) {
        String comment = comments.of(fullName);
        if (!comment.isEmpty()) {
            schema.put("description", comment);
        }
    }

    /** The parameters that a request's fields become, without these. */
    List<FieldDescriptor> parameters(Descriptor request, Set<String> without) {
        return request.getFields().stream()
                .filter(field -> !without.contains(field.getName()))
                .filter(field ->
                        field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                                || WellKnown.schema(field.getMessageType().getFullName())
                                        .isPresent())
                .toList();
    }
}
