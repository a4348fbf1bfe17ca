package dev.drover.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonStreamContext;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a document against the message that it describes, and tells the place of what does not fit.
 */
final class FieldCheck {
    /**
     * Something that does not fit.
     *
     * @param pointer to it in the document
     * @param path of it, as {@code FieldProblem} has them
     * @param written the path that the sentence begins with, as it is written; or empty
     * @param text what is wrong
     */
    record Misfit(
            JsonLocation place, JsonPointer pointer, String path, String written, String text) {}

    private final JsonParser parser;
    private final Consumer<Misfit> misfits;
    private final Map<String, JsonLocation> places = new HashMap<>();

    /** How deep in the file the document stands: in an array, or not. */
    private int above;

    /** Tells what does not fit to somebody, who may end the check by an exception. */
    FieldCheck(JsonParser parser, Consumer<Misfit> misfits) {
        this.parser = parser;
        this.misfits = misfits;
    }

    /** Ends with what does not fit first. */
    static FieldCheck strict(JsonParser parser, String file) {
        return new FieldCheck(
                parser,
                misfit -> {
                    String path = misfit.written().isEmpty() ? "" : misfit.written() + ": ";
                    throw new CliException(
                            place(file, misfit.place()) + ": " + path + misfit.text());
                });
    }

    /** Checks the document that the parser stands at, and leaves the parser at its end. */
    void document(Descriptor type) throws IOException {
        places.clear();
        above = 0;
        above = depth(here());
        message(type, "", "");
    }

    /** Where the values of the last document stand, by paths as {@code FieldProblem} has them. */
    Map<String, JsonLocation> places() {
        return Map.copyOf(places);
    }

    private void message(Descriptor type, String path, String named) throws IOException {
        places.put(named, parser.currentTokenLocation());
        if (isNot(JsonToken.START_OBJECT, path, named, "fields")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Optional<FieldDescriptor> field = field(type, name);
            if (field.isEmpty()) {
                unknown(type, name, path, (named.isEmpty() ? "" : named + ".") + name);
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            parser.nextToken();
            value(
                    field.get(),
                    path.isEmpty() ? name : path + "." + name,
                    (named.isEmpty() ? "" : named + ".") + field.get().getName());
        }
    }

    private static Optional<FieldDescriptor> field(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst();
    }

    private void unknown(Descriptor type, String name, String path, String named) {
        List<String> known =
                type.getFields().stream()
                        .flatMap(field -> Stream.of(field.getName(), field.getJsonName()))
                        .distinct()
                        .toList();
        tell(named, path, "there is no field " + name + Nearest.hint(name, known));
    }

    private void value(FieldDescriptor field, String path, String named) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        places.put(named, parser.currentTokenLocation());
        if (field.isMapField()) {
            if (isNot(JsonToken.START_OBJECT, path, named, "keys with values")) {
                return;
            }
            FieldDescriptor values = field.getMessageType().findFieldByName("value");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                one(values, path + "[" + key + "]", named + "[\"" + key + "\"]");
            }
        } else if (field.isRepeated()) {
            if (isNot(JsonToken.START_ARRAY, path, named, "a list")) {
                return;
            }
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                one(field, path + "[" + i + "]", named + "[" + i + "]");
            }
        } else {
            one(field, path, named);
        }
    }

    private void one(FieldDescriptor field, String path, String named) throws IOException {
        places.put(named, parser.currentTokenLocation());
        boolean nested =
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && !field.getMessageType().getFullName().startsWith("google.protobuf.");
        if (nested) {
            message(field.getMessageType(), path, named);
        } else {
            leaf(field, path, named);
        }
    }

    // The parser of the API itself says whether a value fits; it cannot say where it stands.
    private void leaf(FieldDescriptor field, String path, String named) throws IOException {
        JsonLocation here = parser.currentTokenLocation();
        JsonPointer pointer = here();
        JsonNode value = parser.readValueAsTree();
        // A list of one would pass for its element.
        if (value.isContainerNode() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            misfits.accept(new Misfit(here, pointer, named, path, misfit(field, value)));
            return;
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
            misfits.accept(new Misfit(here, pointer, named, path, misfit(field, value)));
        }
    }

    private static String misfit(FieldDescriptor field, JsonNode value) {
        return value + " does not fit: " + wanted(field);
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

    /** Whether something else stands there, which is told and skipped. */
    private boolean isNot(JsonToken token, String path, String named, String what)
            throws IOException {
        if (parser.currentToken() == token) {
            return false;
        }
        tell(named, "", (path.isEmpty() ? "a document" : path) + " holds " + what);
        parser.skipChildren();
        return true;
    }

    private void tell(String named, String written, String text) {
        misfits.accept(new Misfit(parser.currentTokenLocation(), here(), named, written, text));
    }

    /** The pointer to what the parser stands at; an object or array is a step by itself. */
    private JsonPointer here() {
        JsonStreamContext context = parser.getParsingContext();
        boolean begins = parser.currentToken().isStructStart();
        JsonPointer pointer = (begins ? context.getParent() : context).pathAsPointer();
        for (int i = 0; i < above; i++) {
            pointer = pointer.tail();
        }
        return pointer;
    }

    private static int depth(JsonPointer pointer) {
        int depth = 0;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            depth++;
        }
        return depth;
    }

    /** {@code FILE:LINE:COLUMN}, as editors read it. */
    static String place(String file, @Nullable JsonLocation location) {
        return location == null
                ? file
                : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
