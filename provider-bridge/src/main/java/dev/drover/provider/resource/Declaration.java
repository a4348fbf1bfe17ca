package dev.drover.provider.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.policy.FieldProblem;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A block of HCL as the message that it declares. What is unknown is left out and noted, what
 * cannot be a value of its field is a problem.
 */
final class Declaration {
    private final List<String> unknown = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Message message;

    /**
     * Reads a block.
     *
     * @param values the attributes that are not write-only
     * @param config the configuration, where write-only values are
     */
    Declaration(Noun noun, Value.Entries values, Value.Entries config) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(noun.message());
        for (FieldDescriptor field : noun.fields()) {
            boolean writeOnly = NounAttributes.isWriteOnly(field);
            String name = writeOnly ? NounAttributes.writeOnlyName(field) : field.getName();
            Value value = (writeOnly ? config : values).get(name);
            if (!isOutput(field)) {
                set(builder, field, value, field.getName(), AttributePath.of(name));
            }
        }
        message = builder.build();
    }

    /**
     * Reads an object as a message of any type; what the type has no field for is not looked at.
     */
    Declaration(Descriptor type, Value.Entries object) {
        message = object(DynamicMessage.newBuilder(type), object, "", AttributePath.ROOT);
    }

    /** Everything that is known and well-formed. */
    Message message() {
        return message;
    }

    /** Paths, in proto names, of what is not known yet. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** Values that do not fit. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    /** Whether a problem may vanish when unknown values become known. */
    boolean mayDependOnUnknown(FieldProblem problem) {
        return isOpen(problem.path()) || problem.others().stream().anyMatch(this::isOpen);
    }

    private boolean isOpen(String path) {
        for (String open : unknown) {
            if (isAtOrBelow(open, path) || isAtOrBelow(path, open)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code rules[1].id} is at or below {@code rules[1]}; {@code rules[10]} is not. */
    private static boolean isAtOrBelow(String path, String above) {
        return path.startsWith(above)
                && (path.length() == above.length()
                        || path.charAt(above.length()) == '.'
                        || path.charAt(above.length()) == '[');
    }

    private static boolean isOutput(FieldDescriptor field) {
        return Noun.is(field, com.google.api.FieldBehavior.OUTPUT_ONLY)
                || field.getName().equals("etag");
    }

    private void set(
            Message.Builder builder,
            FieldDescriptor field,
            Value value,
            String path,
            AttributePath at) {
        if (value.isNull()) {
            return;
        }
        if (value.isUnknown()) {
            unknown.add(path);
            return;
        }
        if (contradicts(builder, field, at)) {
            return;
        }
        switch (value) {
            case Value.Entries map when field.isMapField() -> map(builder, field, map, path, at);
            case Value.Sequence list when field.isRepeated() ->
                    elements(builder, field, list.elements(), path, at);
            case Value.Members set when field.isRepeated() ->
                    elements(builder, field, set.elements(), path, at);
            default -> {
                Object single = single(builder, field, value, path, at);
                if (single != null) {
                    builder.setField(field, single);
                }
            }
        }
    }

    /** Of the fields of a oneof only one can be set; the message itself would keep the last. */
    private boolean contradicts(Message.Builder builder, FieldDescriptor field, AttributePath at) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        if (oneof == null || !builder.hasOneof(oneof)) {
            return false;
        }
        FieldDescriptor other = builder.getOneofFieldDescriptor(oneof);
        String names =
                oneof.getFields().stream()
                        .map(FieldDescriptor::getName)
                        .collect(Collectors.joining(", "));
        problems.add(
                Diagnostic.error(
                                "Too much at " + at,
                                at
                                        + ": "
                                        + other.getName()
                                        + " is set too; set only one of "
                                        + names
                                        + ".")
                        .at(at));
        return true;
    }

    private void elements(
            Message.Builder builder,
            FieldDescriptor field,
            List<Value> elements,
            String path,
            AttributePath at) {
        for (int i = 0; i < elements.size(); i++) {
            String where = path + "[" + i + "]";
            boolean pointable = !Noun.hint(field).getSet();
            AttributePath here = pointable ? at.index(i) : at;
            Object single =
                    elements.get(i).isUnknown()
                            ? null
                            : single(builder, field, elements.get(i), where, here);
            if (single == null) {
                unknown.add(where);
            }
            // Something stands in its place, so that the others keep their numbers.
            builder.addRepeatedField(field, single == null ? nothing(builder, field) : single);
        }
    }

    private static Object nothing(Message.Builder builder, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> builder.newBuilderForField(field).build();
            case STRING -> "";
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case ENUM -> field.getEnumType().getValues().getFirst();
            case BYTE_STRING -> ByteString.EMPTY;
        };
    }

    private void map(
            Message.Builder builder,
            FieldDescriptor field,
            Value.Entries map,
            String path,
            AttributePath at) {
        for (Map.Entry<String, Value> element : map.values().entrySet()) {
            if (element.getValue().isNull()) {
                continue;
            }
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(field.getMessageType().findFieldByNumber(1), element.getKey());
            String where = path + "[\"" + element.getKey() + "\"]";
            set(entry, Texts.mapValue(field), element.getValue(), where, at.key(element.getKey()));
            builder.addRepeatedField(field, entry.build());
        }
    }

    private @org.jspecify.annotations.Nullable Object single(
            Message.Builder builder,
            FieldDescriptor field,
            Value value,
            String path,
            AttributePath at) {
        try {
            return switch (value) {
                case Absent nothing -> throw new Texts.BadText("must not be null");
                case Value.Entries object when NounAttributes.isNested(field) ->
                        object(builder.newBuilderForField(field), object, path, at);
                case Value.Text(String text)
                        when field.getJavaType() == FieldDescriptor.JavaType.ENUM ->
                        Texts.enumValue(field, text);
                case Value.Text(String text) when Texts.isText(field) -> Texts.message(field, text);
                case Value.Text(String text) -> text;
                case Value.Bool(boolean truth) -> truth;
                case Value.Decimal(BigDecimal number) -> number(field, number);
                case Value.Typed typed when !typed.isWhollyKnown() -> {
                    unknown.add(path);
                    yield null;
                }
                default -> Structs.struct(value);
            };
        } catch (Texts.BadText bad) {
            problems.add(
                    Diagnostic.error("Invalid value for " + at, at + ": " + bad.text() + ".")
                            .at(at));
            return null;
        }
    }

    private Message object(
            Message.Builder builder, Value.Entries object, String path, AttributePath at) {
        for (FieldDescriptor part : builder.getDescriptorForType().getFields()) {
            set(
                    builder,
                    part,
                    object.get(part.getName()),
                    path + "." + part.getName(),
                    at.attribute(part.getName()));
        }
        return builder.build();
    }

    private static Object number(FieldDescriptor field, BigDecimal number) throws Texts.BadText {
        try {
            return switch (field.getJavaType()) {
                case INT -> number.intValueExact();
                case LONG -> number.longValueExact();
                case FLOAT -> number.floatValue();
                default -> number.doubleValue();
            };
        } catch (ArithmeticException e) {
            throw new Texts.BadText(number.toPlainString() + " is not a whole number in range");
        }
    }
}
