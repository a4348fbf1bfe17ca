package dev.drover.provider.framework;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The type of a {@link Value}. */
public sealed interface Type {
    Type STRING = Simple.STRING;
    Type NUMBER = Simple.NUMBER;
    Type BOOL = Simple.BOOL;

    /** A value that carries its own type. */
    Type DYNAMIC = Simple.DYNAMIC;

    /** The types without parts. */
    enum Simple implements Type {
        STRING("string"),
        NUMBER("number"),
        BOOL("bool"),
        DYNAMIC("dynamic");

        private final String text;

        Simple(String text) {
            this.text = text;
        }

        /** The name in type expressions. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** A sequence of values of one type. */
    record ListOf(Type element) implements Type {}

    /** Distinct values of one type, in no order. */
    record SetOf(Type element) implements Type {}

    /** Values of one type by text keys. */
    record MapOf(Type element) implements Type {}

    /** Exactly these attributes, sorted by name. */
    record ObjectOf(Map<String, Type> attributes) implements Type {
        public ObjectOf {
            attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        }
    }

    /** Exactly these elements. It occurs inside {@link #DYNAMIC} only. */
    record TupleOf(List<Type> elements) implements Type {
        public TupleOf {
            elements = List.copyOf(elements);
        }
    }
}
