package dev.drover.provider.protocol;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MessagePack to values. */
final class ValueDecoder {
    private final MsgpackReader in;

    private ValueDecoder(byte[] bytes) {
        in = new MsgpackReader(bytes);
    }

    static Value decode(Type type, byte[] bytes) {
        ValueDecoder decoder = new ValueDecoder(bytes);
        Value value = decoder.read(type);
        if (!decoder.in.atEnd()) {
            throw new IllegalArgumentException("msgpack: bytes are left over after the value");
        }
        return value;
    }

    private Value read(Type type) {
        if (in.skipNil()) {
            return Absent.NULL;
        }
        if (in.skipUnknown()) {
            return Absent.UNKNOWN;
        }
        return switch (type) {
            case Type.Simple simple -> readSimple(simple);
            case Type.ListOf list -> new Value.Sequence(readElements(list.element()));
            case Type.SetOf set -> new Value.Members(readElements(set.element()));
            case Type.MapOf map -> readMap(map.element());
            case Type.ObjectOf object -> readObject(object);
            case Type.TupleOf tuple -> readTuple(tuple);
        };
    }

    private Value readSimple(Type.Simple type) {
        return switch (type) {
            case STRING -> new Value.Text(in.text());
            case NUMBER -> new Value.Decimal(in.number());
            case BOOL -> new Value.Bool(in.bool());
            case DYNAMIC -> {
                requireSize(2, in.arrayHeader());
                Type own = TypeJson.parse(new String(in.binary(), StandardCharsets.UTF_8));
                yield new Value.Typed(own, read(own));
            }
        };
    }

    private List<Value> readElements(Type element) {
        int size = in.arrayHeader();
        List<Value> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(read(element));
        }
        return elements;
    }

    private Value readMap(Type element) {
        int size = in.mapHeader();
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = in.text();
            entries.put(key, read(element));
        }
        return new Value.Entries(entries);
    }

    private Value readObject(Type.ObjectOf object) {
        int size = in.mapHeader();
        requireSize(object.attributes().size(), size);
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = in.text();
            Type type = object.attributes().get(name);
            if (type == null) {
                throw new IllegalArgumentException("msgpack: unknown attribute \"" + name + "\"");
            }
            entries.put(name, read(type));
        }
        return new Value.Entries(entries);
    }

    private Value readTuple(Type.TupleOf tuple) {
        requireSize(tuple.elements().size(), in.arrayHeader());
        List<Value> elements = new ArrayList<>();
        for (Type element : tuple.elements()) {
            elements.add(read(element));
        }
        return new Value.Sequence(elements);
    }

    private static void requireSize(int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    "msgpack: " + expected + " parts expected, found " + found);
        }
    }
}
