package dev.drover.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a document against the message that it describes, and tells the place of what does not fit.
 */
final class FieldCheck {
    private final JsonParser parser;
    private final String file;

    FieldCheck(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** Checks the document that the parser stands at, and leaves the parser at its end. */
    void document(Descriptor type) throws IOException {
        message(type, "");
    }

    private void message(Descriptor type, String path) throws IOException {
        expect(JsonToken.START_OBJECT, path, "fields");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            FieldDescriptor field = field(type, name, path);
            parser.nextToken();
            value(field, path.isEmpty() ? name : path + "." + name);
        }
    }

    private FieldDescriptor field(Descriptor type, String name, String path) {
        return type.getFields().stream()
                .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known =
                            type.getFields().stream()
                                    .flatMap(field ->
                                            Stream.of(field.getName(), field.getJsonName()))
                                    .distinct()
                                    .toList();
                    return refusal(
                            (path.isEmpty() ? "" : path + ": ")
                                    + "there is no field "
                                    + name
                                    + Nearest.hint(name, known));
                });
    }

    private void value(FieldDescriptor field, String path) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (field.isMapField()) {
            expect(JsonToken.START_OBJECT, path, "keys with values");
            FieldDescriptor values = field.getMessageType().findFieldByName("value");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                one(values, path + "[" + key + "]");
            }
        } else if (field.isRepeated()) {
            expect(JsonToken.START_ARRAY, path, "a list");
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                one(field, path + "[" + i + "]");
            }
        } else {
            one(field, path);
        }
    }

    private void one(FieldDescriptor field, String path) throws IOException {
        boolean nested =
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && !field.getMessageType().getFullName().startsWith("google.protobuf.");
        if (nested) {
            message(field.getMessageType(), path);
        } else {
            leaf(field, path);
        }
    }

    // The parser of the API itself says whether a value fits; it cannot say where it stands.
    private void leaf(FieldDescriptor field, String path) throws IOException {
        JsonLocation here = parser.currentTokenLocation();
        JsonNode value = parser.readValueAsTree();
        // A list of one would pass for its element.
        if (value.isContainerNode() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            throw misfit(field, path, here, value);
        }
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        if (field.isRepeated()) {
            alone.putArray(field.getName()).add(value);
        } else {
            alone.set(field.getName(), value);
        }
        try {
            JsonFormat.parser()
                    .merge(alone.toString(), DynamicMessage.newBuilder(field.getContainingType()));
        } catch (InvalidProtocolBufferException e) {
            throw misfit(field, path, here, value);
        }
    }

    private CliException misfit(
            FieldDescriptor field, String path, JsonLocation here, JsonNode value) {
        return new CliException(
                place(file, here) + ": " + path + ": " + value + " does not fit: " + wanted(field));
    }

    private static String wanted(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case ENUM ->
                    "it is one of "
                            + String.join(
                                    ", ",
                                    field.getEnumType().getValues().stream()
                                            .filter(value -> value.getNumber() != 0)
                                            .map(value -> value.getName())
                                            .toList());
            case BOOLEAN -> "it is true or false";
            case INT, LONG -> "it is a whole number";
            case FLOAT, DOUBLE -> "it is a number";
            case STRING -> "it is text";
            case BYTE_STRING -> "it is base64 text";
            case MESSAGE ->
                    switch (field.getMessageType().getName()) {
                        case "Duration" -> "it is seconds, like 30s";
                        case "Timestamp" -> "it is a time, like 2030-01-31T12:00:00Z";
                        default -> "it is a " + field.getMessageType().getName();
                    };
        };
    }

    private void expect(JsonToken token, String path, String what) {
        if (parser.currentToken() != token) {
            throw refusal((path.isEmpty() ? "a document" : path) + " holds " + what);
        }
    }

    private CliException refusal(String text) {
        return new CliException(place(file, parser.currentTokenLocation()) + ": " + text);
    }

    /** {@code FILE:LINE:COLUMN}, as editors read it. */
    static String place(String file, @Nullable JsonLocation location) {
        return location == null
                ? file
                : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
