package dev.drover.provider.protocol;

import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON form of values, in which Terraform stores state. */
public final class Json {
    private Json() {}

    /** A JSON string. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                out.append('\\').append(next);
            } else if (next < 0x20) {
                out.append("\\u00")
                        .append(next < 0x10 ? '0' : '1')
                        .append(Character.forDigit(next & 0xf, 16));
            } else {
                out.append(next);
            }
        }
        return out.append('"').toString();
    }

    /**
     * Reads a value of a type. Attributes that the type lacks are dropped, those that the JSON
     * lacks are null.
     */
    static Value decode(Type type, String json) {
        return fit(type, JsonParser.parse(json), AttributePath.ROOT);
    }

    /** Gives an untyped value the shape of a type. */
    static Value fit(Type type, Value value, AttributePath path) {
        if (value.isNull() || value.isUnknown()) {
            return value;
        }
        return switch (type) {
            case Type.Simple simple -> fitSimple(simple, value, path);
            case Type.ListOf list when value instanceof Value.Sequence(List<Value> elements) ->
                    new Value.Sequence(fitAll(list.element(), elements, path));
            case Type.SetOf set when value instanceof Value.Sequence(List<Value> elements) ->
                    new Value.Members(fitAll(set.element(), elements, path));
            case Type.SetOf set when value instanceof Value.Members(List<Value> elements) ->
                    new Value.Members(fitAll(set.element(), elements, path));
            case Type.MapOf map when value instanceof Value.Entries entries ->
                    fitMap(map, entries, path);
            case Type.ObjectOf object when value instanceof Value.Entries entries ->
                    fitObject(object, entries, path);
            case Type.TupleOf tuple when value instanceof Value.Sequence sequence ->
                    fitTuple(tuple, sequence, path);
            default -> throw new MismatchException(path, TypeJson.readable(type) + " is required");
        };
    }

    private static Value fitSimple(Type.Simple type, Value value, AttributePath path) {
        return switch (value) {
            case Value.Text text when type == Type.STRING -> text;
            case Value.Decimal number when type == Type.NUMBER -> number;
            case Value.Bool bool when type == Type.BOOL -> bool;
            case Value.Typed typed when type == Type.DYNAMIC -> typed;
            case Value.Entries entries when type == Type.DYNAMIC -> {
                Type own = TypeJson.of(entries.get("type"));
                yield new Value.Typed(own, fit(own, entries.get("value"), path));
            }
            default -> throw new MismatchException(path, type + " is required");
        };
    }

    private static List<Value> fitAll(Type element, List<Value> elements, AttributePath path) {
        List<Value> fitted = new ArrayList<>(elements.size());
        for (Value value : elements) {
            fitted.add(fit(element, value, path.index(fitted.size())));
        }
        return fitted;
    }

    private static Value fitMap(Type.MapOf map, Value.Entries entries, AttributePath path) {
        Map<String, Value> fitted = new LinkedHashMap<>();
        entries.values()
                .forEach((key, value) -> fitted.put(key, fit(map.element(), value, path.key(key))));
        return new Value.Entries(fitted);
    }

    private static Value fitObject(
            Type.ObjectOf object, Value.Entries entries, AttributePath path) {
        Map<String, Value> fitted = new LinkedHashMap<>();
        object.attributes()
                .forEach((name, type) ->
                        fitted.put(name, fit(type, entries.get(name), path.attribute(name))));
        return new Value.Entries(fitted);
    }

    private static Value fitTuple(Type.TupleOf tuple, Value.Sequence sequence, AttributePath path) {
        if (sequence.elements().size() != tuple.elements().size()) {
            throw new MismatchException(path, TypeJson.readable(tuple) + " is required");
        }
        List<Value> fitted = new ArrayList<>();
        for (Value value : sequence.elements()) {
            fitted.add(fit(tuple.elements().get(fitted.size()), value, path.index(fitted.size())));
        }
        return new Value.Sequence(fitted);
    }
}
