package dev.drover.provider.framework;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which values mean the same, and which elements of two sets stand for one another. */
final class Likeness {
    private Likeness() {}

    /** For each of the other sets: the element that stands for this one, or null. */
    static List<Value> find(List<Attribute> attributes, Value element, List<Value> others) {
        List<Value> found = new ArrayList<>(others.size());
        for (Value other : others) {
            found.add(
                    other instanceof Value.Members set && element instanceof Value.Entries entries
                            ? find(attributes, entries, set)
                            : Absent.NULL);
        }
        return found;
    }

    private static Value find(
            List<Attribute> attributes, Value.Entries element, Value.Members set) {
        for (Value candidate : set.elements()) {
            if (candidate instanceof Value.Entries entries && alike(attributes, element, entries)) {
                return candidate;
            }
        }
        return Absent.NULL;
    }

    /**
     * Computed attributes say nothing about which element it is, unless both sides have them from
     * the configuration.
     */
    private static boolean alike(
            List<Attribute> attributes, Value.Entries one, Value.Entries other) {
        for (Attribute attribute : attributes) {
            Value left = one.get(attribute.name());
            Value right = other.get(attribute.name());
            boolean open = left.isUnknown() || right.isUnknown();
            boolean absent = attribute.presence().isComputed() && (left.isNull() || right.isNull());
            boolean ignored =
                    !attribute.presence().isConfigurable() || attribute.rules().writeOnly();
            if (!open && !absent && !ignored && !sameMeaning(attribute, left, right)) {
                return false;
            }
        }
        return true;
    }

    /** Equal, or another spelling of the same. */
    static boolean sameMeaning(Attribute attribute, Value one, Value other) {
        if (one.equals(other) || bothUnset(attribute, one, other)) {
            return true;
        }
        if (one instanceof Value.Text(String left) && other instanceof Value.Text(String right)) {
            return attribute.rules().meaning().same(left, right);
        }
        // The parts of nested attributes have rules of their own and are compared one by one
        // elsewhere.
        return attribute.nested().isEmpty() && sameParts(attribute, one, other);
    }

    private static boolean sameParts(Attribute attribute, Value one, Value other) {
        if (one instanceof Value.Sequence(List<Value> left)
                && other instanceof Value.Sequence(List<Value> right)
                && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                if (!sameText(attribute, left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof Value.Entries(Map<String, Value> left)
                && other instanceof Value.Entries(Map<String, Value> right)
                && left.keySet().equals(right.keySet())) {
            for (Map.Entry<String, Value> entry : left.entrySet()) {
                if (!sameText(
                        attribute,
                        entry.getValue(),
                        right.getOrDefault(entry.getKey(), Absent.NULL))) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    private static boolean sameText(Attribute attribute, Value one, Value other) {
        return one.equals(other)
                || (one instanceof Value.Text(String left)
                        && other instanceof Value.Text(String right)
                        && attribute.rules().meaning().same(left, right));
    }

    private static boolean bothUnset(Attribute attribute, Value one, Value other) {
        return (one.isNull() && isUnset(attribute, other))
                || (other.isNull() && isUnset(attribute, one));
    }

    private static boolean isUnset(Attribute attribute, Value value) {
        boolean zeroes = attribute.rules().zeroIsUnset();
        return switch (value) {
            case Value.Sequence list -> list.elements().isEmpty();
            case Value.Members set -> set.elements().isEmpty();
            case Value.Entries map when attribute.type() instanceof Type.MapOf ->
                    map.values().isEmpty();
            case Value.Entries object ->
                    zeroes && object.values().values().stream().allMatch(Value::isNull);
            case Value.Text(String text) -> zeroes && text.isEmpty();
            case Value.Decimal(BigDecimal number) -> zeroes && number.signum() == 0;
            case Value.Bool(boolean truth) -> zeroes && !truth;
            case Absent absent -> absent == Absent.NULL;
            case Value.Typed typed -> false;
        };
    }
}
