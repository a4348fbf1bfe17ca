package dev.drover.provider.resource;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code google.protobuf.Struct} as a dynamic value: what HCL writes as an object of anything. */
final class Structs {
    private Structs() {}

    /** A dynamic value as a Struct. */
    static Struct struct(Value value) throws Texts.BadText {
        Value inner = value instanceof Value.Typed typed ? typed.value() : value;
        if (!(inner instanceof Value.Entries entries)) {
            throw new Texts.BadText("must be an object, such as { name = \"value\" }");
        }
        Struct.Builder struct = Struct.newBuilder();
        for (Map.Entry<String, Value> field : entries.values().entrySet()) {
            if (!field.getValue().isNull()) {
                struct.putFields(field.getKey(), single(field.getKey(), field.getValue()));
            }
        }
        return struct.build();
    }

    private static com.google.protobuf.Value single(String where, Value value)
            throws Texts.BadText {
        com.google.protobuf.Value.Builder single = com.google.protobuf.Value.newBuilder();
        return switch (value) {
            case Value.Text(String text) -> single.setStringValue(text).build();
            case Value.Bool(boolean truth) -> single.setBoolValue(truth).build();
            case Value.Decimal(BigDecimal number) ->
                    single.setNumberValue(exact(where, number)).build();
            case Value.Entries object -> single.setStructValue(struct(object)).build();
            case Value.Sequence list -> single.setListValue(list(where, list.elements())).build();
            case Value.Members set -> single.setListValue(list(where, set.elements())).build();
            case Value.Typed typed -> single(where, typed.value());
            case Absent absent -> single.setNullValue(NullValue.NULL_VALUE).build();
        };
    }

    private static ListValue list(String where, List<Value> elements) throws Texts.BadText {
        ListValue.Builder list = ListValue.newBuilder();
        for (Value element : elements) {
            list.addValues(single(where, element));
        }
        return list.build();
    }

    // JSON numbers of the API are doubles: a number that would come back as another one is refused.
    private static double exact(String where, BigDecimal number) throws Texts.BadText {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)
                || new BigDecimal(Double.toString(nearest)).compareTo(number) != 0) {
            throw new Texts.BadText(
                    where
                            + ": the number "
                            + number.toPlainString()
                            + " has too many digits; write it as text");
        }
        return nearest;
    }

    /** A Struct, generated or dynamic, as a dynamic value with its type. */
    static Value value(Message message) {
        try {
            Struct struct =
                    message instanceof Struct known
                            ? known
                            : Struct.parseFrom(message.toByteString());
            return object(struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not the message that its descriptor says", e);
        }
    }

    private static Value.Typed object(Struct struct) {
        Map<String, Type> types = new TreeMap<>();
        Map<String, Value> values = new TreeMap<>();
        struct.getFieldsMap()
                .forEach((name, field) -> {
                    Value.Typed typed = typed(field);
                    types.put(name, typed.type());
                    values.put(name, typed.value());
                });
        return new Value.Typed(new Type.ObjectOf(types), new Value.Entries(values));
    }

    private static Value.Typed typed(com.google.protobuf.Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> new Value.Typed(Type.STRING, Value.text(value.getStringValue()));
            case BOOL_VALUE -> new Value.Typed(Type.BOOL, Value.bool(value.getBoolValue()));
            case NUMBER_VALUE ->
                    new Value.Typed(
                            Type.NUMBER,
                            new Value.Decimal(
                                    new BigDecimal(Double.toString(value.getNumberValue()))));
            case STRUCT_VALUE -> object(value.getStructValue());
            case LIST_VALUE -> tuple(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> new Value.Typed(Type.DYNAMIC, Absent.NULL);
        };
    }

    private static Value.Typed tuple(ListValue list) {
        List<Type> types = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (com.google.protobuf.Value element : list.getValuesList()) {
            Value.Typed typed = typed(element);
            types.add(typed.type());
            values.add(typed.value());
        }
        return new Value.Typed(new Type.TupleOf(types), new Value.Sequence(values));
    }
}
