package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Nesting;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages of the gateway as Terraform values. */
final class States {
    private States() {}

    /**
     * A noun as a value of a schema.
     *
     * @param reference the planned or earlier state: dynamic values that mean the same keep its
     *     form, and what the API does not know of is taken from it
     */
    static Value.Entries of(Noun noun, Schema schema, Message message, Value reference) {
        String name = (String) message.getField(noun.message().findFieldByName("name"));
        Map<String, Value> values = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            values.put(attribute.name(), top(noun, attribute, name, message, reference));
        }
        return new Value.Entries(values);
    }

    /**
     * A message that is no noun as a value of these attributes. What was observed is never unset:
     * false and 0 stand as such.
     */
    static Value.Entries observed(List<Attribute> attributes, Message message) {
        Map<String, Value> values = new LinkedHashMap<>();
        object(attributes, message).values().forEach(values::put);
        for (Attribute attribute : attributes) {
            values.computeIfPresent(
                    attribute.name(), (name, value) -> withZeroes(attribute, value));
        }
        return new Value.Entries(values);
    }

    private static Value withZeroes(Attribute attribute, Value value) {
        if (value.isNull() && attribute.type().equals(Type.BOOL)) {
            return Value.bool(false);
        }
        if (value.isNull() && attribute.type().equals(Type.NUMBER)) {
            return Value.number(0);
        }
        return value instanceof Value.Sequence(List<Value> elements)
                        && attribute.nested().isPresent()
                ? new Value.Sequence(
                        elements.stream().map(one -> elementWithZeroes(attribute, one)).toList())
                : value;
    }

    private static Value elementWithZeroes(Attribute attribute, Value element) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Attribute part : attribute.nested().orElseThrow().attributes()) {
            values.put(part.name(), withZeroes(part, ((Value.Entries) element).get(part.name())));
        }
        return new Value.Entries(values);
    }

    private static Value top(
            Noun noun, Attribute attribute, String name, Message message, Value reference) {
        return switch (attribute.name()) {
            case "id" -> Value.text(name);
            case "name" -> Value.text(Noun.id(name));
            case "project" -> Value.text(Noun.project(name));
            default -> field(noun, attribute, message, reference);
        };
    }

    private static Value field(Noun noun, Attribute attribute, Message message, Value reference) {
        FieldDescriptor field = noun.message().findFieldByName(attribute.name());
        Value before =
                reference instanceof Value.Entries entries
                        ? entries.get(attribute.name())
                        : Absent.NULL;
        // Only Terraform knows the version of a write-only value.
        return field == null ? before : kept(field, value(field, attribute, message), before);
    }

    private static Value kept(FieldDescriptor field, Value now, Value before) {
        if (!NounAttributes.isStruct(field) || before.isNull() || !before.isWhollyKnown()) {
            return now;
        }
        try {
            return Structs.struct(now).equals(Structs.struct(before)) ? before : now;
        } catch (Texts.BadText notTheSame) {
            return now;
        }
    }

    private static Value value(FieldDescriptor field, Attribute attribute, Message message) {
        if (field.isMapField()) {
            return map(field, attribute, message);
        }
        if (field.isRepeated()) {
            return repeated(field, attribute, message);
        }
        boolean set = field.hasPresence() ? message.hasField(field) : isNotDefault(field, message);
        return set ? single(field, attribute, message.getField(field)) : Absent.NULL;
    }

    private static boolean isNotDefault(FieldDescriptor field, Message message) {
        return !message.getField(field).equals(field.getDefaultValue());
    }

    private static Value map(FieldDescriptor field, Attribute attribute, Message message) {
        Map<String, Value> entries = new LinkedHashMap<>();
        FieldDescriptor element = Texts.mapValue(field);
        for (Object one : (List<?>) message.getField(field)) {
            Message entry = (Message) one;
            String key = (String) entry.getField(field.getMessageType().findFieldByNumber(1));
            entries.put(key, single(element, attribute, entry.getField(element)));
        }
        return new Value.Entries(entries);
    }

    private static Value repeated(FieldDescriptor field, Attribute attribute, Message message) {
        List<Value> elements = new ArrayList<>();
        for (Object one : (List<?>) message.getField(field)) {
            elements.add(single(field, attribute, one));
        }
        boolean set =
                attribute.type() instanceof Type.SetOf
                        || attribute.nested().map(Attribute.Nested::nesting).orElse(Nesting.LIST)
                                == Nesting.SET;
        return set ? new Value.Members(elements) : new Value.Sequence(elements);
    }

    private static Value single(FieldDescriptor field, Attribute attribute, Object value) {
        return switch (value) {
            case String text -> Value.text(text);
            case Boolean truth -> Value.bool(truth);
            case Integer number -> Value.number(number);
            case Long number -> Value.number(number);
            case Double number -> new Value.Decimal(BigDecimal.valueOf(number));
            case EnumValueDescriptor one ->
                    one.getNumber() == 0 ? Absent.NULL : Value.text(one.getName());
            case Message message when Texts.isText(field) -> Value.text(Texts.text(field, message));
            case Message message when NounAttributes.isStruct(field) -> Structs.value(message);
            case Message message -> object(attribute.nested().orElseThrow().attributes(), message);
            default -> throw new IllegalStateException(field + " holds " + value.getClass());
        };
    }

    private static Value.Entries object(List<Attribute> attributes, Message message) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            FieldDescriptor field =
                    message.getDescriptorForType().findFieldByName(attribute.name());
            values.put(attribute.name(), value(field, attribute, message));
        }
        return new Value.Entries(values);
    }
}
