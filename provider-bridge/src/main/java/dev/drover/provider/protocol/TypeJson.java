package dev.drover.provider.protocol;

import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Types to and from the JSON of the protocol, such as {@code ["list","string"]}. */
final class TypeJson {
    private TypeJson() {}

    static String text(Type type) {
        StringBuilder out = new StringBuilder();
        append(out, type);
        return out.toString();
    }

    /** For people: {@code [list,string]}. */
    static String readable(Type type) {
        return text(type).replace("\"", "");
    }

    private static void append(StringBuilder out, Type type) {
        switch (type) {
            case Type.Simple simple -> out.append('"').append(simple).append('"');
            case Type.ListOf list -> collection(out, "list", list.element());
            case Type.SetOf set -> collection(out, "set", set.element());
            case Type.MapOf map -> collection(out, "map", map.element());
            case Type.ObjectOf object -> {
                out.append("[\"object\",{");
                String separator = "";
                for (Map.Entry<String, Type> attribute : object.attributes().entrySet()) {
                    out.append(separator).append(Json.quoted(attribute.getKey())).append(':');
                    append(out, attribute.getValue());
                    separator = ",";
                }
                out.append("}]");
            }
            case Type.TupleOf tuple -> {
                out.append("[\"tuple\",[");
                String separator = "";
                for (Type element : tuple.elements()) {
                    out.append(separator);
                    append(out, element);
                    separator = ",";
                }
                out.append("]]");
            }
        }
    }

    private static void collection(StringBuilder out, String kind, Type element) {
        out.append("[\"").append(kind).append("\",");
        append(out, element);
        out.append(']');
    }

    static Type parse(String json) {
        return of(JsonParser.parse(json));
    }

    /** A type from its parsed JSON. */
    static Type of(Value value) {
        if (value instanceof Value.Text(String name)) {
            for (Type.Simple simple : Type.Simple.values()) {
                if (simple.toString().equals(name)) {
                    return simple;
                }
            }
        }
        // A third element lists optional attributes; it matters for type constraints only.
        if (value instanceof Value.Sequence(List<Value> parts)
                && parts.size() >= 2
                && parts.getFirst() instanceof Value.Text(String kind)) {
            return compound(kind, parts.get(1));
        }
        throw new IllegalArgumentException("not a type: " + value);
    }

    private static Type compound(String kind, Value part) {
        if (part instanceof Value.Entries(Map<String, Value> attributes) && kind.equals("object")) {
            Map<String, Type> types = new TreeMap<>();
            attributes.forEach((name, attribute) -> types.put(name, of(attribute)));
            return new Type.ObjectOf(types);
        }
        if (part instanceof Value.Sequence(List<Value> elements) && kind.equals("tuple")) {
            List<Type> types = new ArrayList<>();
            elements.forEach(element -> types.add(of(element)));
            return new Type.TupleOf(types);
        }
        return switch (kind) {
            case "list" -> new Type.ListOf(of(part));
            case "set" -> new Type.SetOf(of(part));
            case "map" -> new Type.MapOf(of(part));
            default -> throw new IllegalArgumentException("not a type: " + kind);
        };
    }
}
