package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.List;

/** Finds the changed attributes that cannot be changed in place. */
final class Replacement implements Walk.Visitor {
    private final List<AttributePath> paths = new ArrayList<>();

    static List<AttributePath> of(Schema schema, Value.Entries planned, Value prior, Value config) {
        if (prior.isNull()) {
            return List.of();
        }
        Replacement replacement = new Replacement();
        Walk.over(schema, planned, List.of(prior, config), replacement);
        return replacement.paths;
    }

    @Override
    public Value visit(AttributePath path, Attribute attribute, Value value, List<Value> others) {
        boolean computedAnew = attribute.presence().isComputed() && others.getLast().isNull();
        if (attribute.rules().requiresReplace()
                && !computedAnew
                && !value.equals(others.getFirst())
                && !paths.contains(path)) {
            paths.add(path);
        }
        return value;
    }

    /** A new element is no change of an element. */
    @Override
    public boolean enters(List<Value> others) {
        return others.getFirst() instanceof Value.Entries;
    }
}
