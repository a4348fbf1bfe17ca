package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.List;

/** Where in a configuration or state something is; elements of sets cannot be pointed at. */
public record AttributePath(List<Step> steps) {
    public static final AttributePath ROOT = new AttributePath(List.of());

    /** One step down. */
    public sealed interface Step {}

    /** Into an attribute of an object. */
    public record Name(String name) implements Step {}

    /** Into an element of a map. */
    public record Key(String key) implements Step {}

    /** Into an element of a list, counted from 0. */
    public record Index(long index) implements Step {}

    public AttributePath {
        steps = List.copyOf(steps);
    }

    public static AttributePath of(String attribute) {
        return ROOT.attribute(attribute);
    }

    public AttributePath attribute(String name) {
        return plus(new Name(name));
    }

    public AttributePath key(String key) {
        return plus(new Key(key));
    }

    public AttributePath index(long index) {
        return plus(new Index(index));
    }

    public boolean isRoot() {
        return steps.isEmpty();
    }

    private AttributePath plus(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new AttributePath(longer);
    }

    /** As it would be written in HCL: {@code stages[1].after}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Name name -> text.append(text.isEmpty() ? "" : ".").append(name.name());
                case Key key -> text.append("[\"").append(key.key()).append("\"]");
                case Index index -> text.append('[').append(index.index()).append(']');
            }
        }
        return text.toString();
    }
}
