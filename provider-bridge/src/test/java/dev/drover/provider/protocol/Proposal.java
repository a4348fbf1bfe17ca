package dev.drover.provider.protocol;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Terraform proposes: the configuration, and prior values where it says nothing. */
final class Proposal {
    private Proposal() {}

    static Value.Entries of(Schema schema, Value.Entries config, Value prior) {
        return object(schema.attributes(), config, prior);
    }

    private static Value.Entries object(
            List<Attribute> attributes, Value.Entries config, Value prior) {
        Map<String, Value> proposed = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            Value before =
                    prior instanceof Value.Entries object
                            ? object.get(attribute.name())
                            : Absent.NULL;
            proposed.put(attribute.name(), value(attribute, config.get(attribute.name()), before));
        }
        return new Value.Entries(proposed);
    }

    private static Value value(Attribute attribute, Value config, Value prior) {
        if (config.isNull()) {
            return attribute.presence().isComputed() ? prior : config;
        }
        if (attribute.nested().isEmpty()) {
            return config;
        }
        List<Attribute> inside = attribute.nested().get().attributes();
        return switch (config) {
            case Value.Entries one
                    when attribute.nested().get().nesting() == Attribute.Nesting.SINGLE ->
                    object(inside, one, prior);
            case Value.Entries map -> {
                Map<String, Value> elements = new LinkedHashMap<>();
                map.values()
                        .forEach((key, element) ->
                                elements.put(key, element(inside, element, at(prior, key))));
                yield new Value.Entries(elements);
            }
            case Value.Sequence list -> {
                List<Value> elements = new ArrayList<>();
                for (Value element : list.elements()) {
                    elements.add(element(inside, element, at(prior, elements.size())));
                }
                yield new Value.Sequence(elements);
            }
            default -> config;
        };
    }

    private static Value element(List<Attribute> inside, Value element, Value prior) {
        return element instanceof Value.Entries object ? object(inside, object, prior) : element;
    }

    private static Value at(Value prior, String key) {
        return prior instanceof Value.Entries map ? map.get(key) : Absent.NULL;
    }

    private static Value at(Value prior, int index) {
        return prior instanceof Value.Sequence list && index < list.elements().size()
                ? list.elements().get(index)
                : Absent.NULL;
    }
}
