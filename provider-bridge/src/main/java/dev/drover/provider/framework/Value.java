package dev.drover.provider.framework;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a {@link Type}; the type itself is known from the schema. Equality ignores what does
 * not matter.
 */
public sealed interface Value
        permits Absent,
                Value.Text,
                Value.Decimal,
                Value.Bool,
                Value.Sequence,
                Value.Members,
                Value.Entries,
                Value.Typed {
    /** A string. */
    record Text(String text) implements Value {}

    /** A number of any size; {@code 1.50} equals {@code 1.5}. */
    record Decimal(BigDecimal number) implements Value {
        public Decimal {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    /** A truth value. */
    record Bool(boolean truth) implements Value {}

    /** A list or tuple. */
    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A set: equal to any set with the same elements. Several unknown elements may stand side by
     * side.
     */
    record Members(List<Value> elements) implements Value {
        public Members {
            elements = List.copyOf(elements);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Members set
                    && set.elements.size() == elements.size()
                    && counted(set.elements).equals(counted(elements));
        }

        @Override
        public int hashCode() {
            int sum = 0;
            for (Value element : elements) {
                sum += element.hashCode();
            }
            return sum;
        }

        private static Map<Value, Integer> counted(List<Value> elements) {
            Map<Value, Integer> counts = new HashMap<>();
            for (Value element : elements) {
                counts.merge(element, 1, Integer::sum);
            }
            return counts;
        }
    }

    /** A map or an object. */
    record Entries(Map<String, Value> values) implements Value {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** The value under a key; null where there is none. */
        public Value get(String key) {
            return values.getOrDefault(key, Absent.NULL);
        }

        /** A copy with one value replaced or added. */
        public Entries with(String key, Value value) {
            Map<String, Value> copy = new LinkedHashMap<>(values);
            copy.put(key, value);
            return new Entries(copy);
        }
    }

    /** A value of a dynamic attribute together with the type it has. */
    record Typed(Type type, Value value) implements Value {}

    static Value text(String text) {
        return new Text(text);
    }

    static Value number(long number) {
        return new Decimal(BigDecimal.valueOf(number));
    }

    static Value bool(boolean truth) {
        return new Bool(truth);
    }

    default boolean isNull() {
        return this == Absent.NULL;
    }

    default boolean isUnknown() {
        return this == Absent.UNKNOWN;
    }

    /** Whether nothing in it is unknown. */
    default boolean isWhollyKnown() {
        return switch (this) {
            case Absent absent -> absent == Absent.NULL;
            case Sequence list -> allKnown(list.elements());
            case Members set -> allKnown(set.elements());
            case Entries map -> allKnown(map.values().values());
            case Typed typed -> typed.value().isWhollyKnown();
            case Text text -> true;
            case Decimal number -> true;
            case Bool bool -> true;
        };
    }

    private static boolean allKnown(Iterable<Value> values) {
        for (Value value : values) {
            if (!value.isWhollyKnown()) {
                return false;
            }
        }
        return true;
    }
}
