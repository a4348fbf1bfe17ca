package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through the attributes of an object, nested ones too, together with their counterparts in
 * other objects.
 */
final class Walk {
    /** Looks at one attribute. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Gives the value to put in its place; attributes inside it are visited next.
         *
         * @param others the same attribute of the other objects, null where they have none
         */
        Value visit(AttributePath path, Attribute attribute, Value value, List<Value> others);

        /** Whether to go into an element of a collection. */
        default boolean enters(List<Value> others) {
            return true;
        }
    }

    private final Visitor visitor;

    private Walk(Visitor visitor) {
        this.visitor = visitor;
    }

    static Value.Entries over(
            Schema schema, Value.Entries object, List<Value> others, Visitor visitor) {
        return new Walk(visitor).object(schema.attributes(), AttributePath.ROOT, object, others);
    }

    private Value.Entries object(
            List<Attribute> attributes,
            AttributePath path,
            Value.Entries object,
            List<Value> others) {
        Map<String, Value> rewritten = new LinkedHashMap<>(object.values());
        for (Attribute attribute : attributes) {
            List<Value> counterparts = new ArrayList<>(others.size());
            for (Value other : others) {
                counterparts.add(
                        other instanceof Value.Entries entries
                                ? entries.get(attribute.name())
                                : Absent.NULL);
            }
            AttributePath here = path.attribute(attribute.name());
            Value value =
                    visitor.visit(here, attribute, object.get(attribute.name()), counterparts);
            if (attribute.nested().isPresent()) {
                value = inside(attribute.nested().get(), here, value, counterparts);
            }
            rewritten.put(attribute.name(), value);
        }
        return new Value.Entries(rewritten);
    }

    private Value inside(
            Attribute.Nested nested, AttributePath path, Value value, List<Value> others) {
        List<Attribute> attributes = nested.attributes();
        return switch (value) {
            case Value.Entries one when nested.nesting() == Attribute.Nesting.SINGLE ->
                    element(attributes, path, one, others);
            case Value.Entries map -> {
                Map<String, Value> elements = new LinkedHashMap<>();
                map.values()
                        .forEach((key, element) ->
                                elements.put(
                                        key,
                                        element(
                                                attributes,
                                                path.key(key),
                                                element,
                                                at(others, key))));
                yield new Value.Entries(elements);
            }
            case Value.Sequence list -> {
                List<Value> elements = new ArrayList<>();
                for (Value element : list.elements()) {
                    int index = elements.size();
                    elements.add(
                            element(attributes, path.index(index), element, at(others, index)));
                }
                yield new Value.Sequence(elements);
            }
            case Value.Members set -> {
                List<Value> elements = new ArrayList<>();
                for (Value element : set.elements()) {
                    elements.add(
                            element(
                                    attributes,
                                    path,
                                    element,
                                    Likeness.find(attributes, element, others)));
                }
                yield new Value.Members(elements);
            }
            default -> value;
        };
    }

    private Value element(
            List<Attribute> attributes, AttributePath path, Value element, List<Value> others) {
        return element instanceof Value.Entries entries && visitor.enters(others)
                ? object(attributes, path, entries, others)
                : element;
    }

    private static List<Value> at(List<Value> others, String key) {
        List<Value> found = new ArrayList<>();
        for (Value other : others) {
            found.add(other instanceof Value.Entries map ? map.get(key) : Absent.NULL);
        }
        return found;
    }

    private static List<Value> at(List<Value> others, int index) {
        List<Value> found = new ArrayList<>();
        for (Value other : others) {
            found.add(
                    other instanceof Value.Sequence list && index < list.elements().size()
                            ? list.elements().get(index)
                            : Absent.NULL);
        }
        return found;
    }
}
