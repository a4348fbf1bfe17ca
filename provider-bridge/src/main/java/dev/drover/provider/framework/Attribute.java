package dev.drover.provider.framework;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One attribute of a schema.
 *
 * @param type the type of its values; for a nested attribute it follows from {@code nested}
 * @param nested the attributes inside, if it has any of its own
 * @param description Markdown
 * @param deprecation what to use instead; empty: not deprecated
 */
public record Attribute(
        String name,
        Type type,
        Optional<Nested> nested,
        Presence presence,
        Rules rules,
        String description,
        String deprecation) {

    /** Who sets the value. */
    public enum Presence {
        REQUIRED,
        OPTIONAL,
        COMPUTED,
        OPTIONAL_COMPUTED;

        public boolean isComputed() {
            return this == COMPUTED || this == OPTIONAL_COMPUTED;
        }

        public boolean isConfigurable() {
            return this != COMPUTED;
        }
    }

    /** How nested attributes are repeated. */
    public enum Nesting {
        SINGLE,
        LIST,
        SET,
        MAP
    }

    /** The attributes inside an attribute. */
    public record Nested(Nesting nesting, List<Attribute> attributes) {
        public Nested {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * Whether two texts mean the same although they are spelled differently, such as "10m" and
     * "600s".
     */
    @FunctionalInterface
    public interface Meaning {
        boolean same(String one, String other);
    }

    /**
     * How the value is treated.
     *
     * @param sensitive never shown, but in state
     * @param writeOnly never stored; the value arrives in the configuration of each call
     * @param requiresReplace a changed value needs a new object
     * @param keepsPrior a computed value that no update changes
     * @param zeroIsUnset null, "", 0 and false are the same to the other side; empty collections
     *     always are
     * @param meaning equality of texts beyond spelling
     */
    public record Rules(
            boolean sensitive,
            boolean writeOnly,
            boolean requiresReplace,
            boolean keepsPrior,
            boolean zeroIsUnset,
            Meaning meaning) {
        static final Rules PLAIN = new Rules(false, false, false, false, false, String::equals);
    }

    public static Attribute of(String name, Type type, Presence presence) {
        return new Attribute(name, type, Optional.empty(), presence, Rules.PLAIN, "", "");
    }

    public static Attribute nested(
            String name, Nesting nesting, List<Attribute> attributes, Presence presence) {
        Type object = objectOf(attributes);
        Type type =
                switch (nesting) {
                    case SINGLE -> object;
                    case LIST -> new Type.ListOf(object);
                    case SET -> new Type.SetOf(object);
                    case MAP -> new Type.MapOf(object);
                };
        return new Attribute(
                name,
                type,
                Optional.of(new Nested(nesting, attributes)),
                presence,
                Rules.PLAIN,
                "",
                "");
    }

    static Type.ObjectOf objectOf(List<Attribute> attributes) {
        Map<String, Type> types = new TreeMap<>();
        for (Attribute attribute : attributes) {
            if (types.put(attribute.name(), attribute.type()) != null) {
                throw new IllegalArgumentException(
                        "attribute \"" + attribute.name() + "\" is declared twice");
            }
        }
        return new Type.ObjectOf(types);
    }

    public Attribute describedAs(String markdown) {
        return new Attribute(name, type, nested, presence, rules, markdown, deprecation);
    }

    public Attribute deprecated(String useInstead) {
        return new Attribute(name, type, nested, presence, rules, description, useInstead);
    }

    public Attribute sensitive() {
        return with(
                new Rules(
                        true,
                        rules.writeOnly,
                        rules.requiresReplace,
                        rules.keepsPrior,
                        rules.zeroIsUnset,
                        rules.meaning));
    }

    public Attribute writeOnly() {
        return with(
                new Rules(
                        rules.sensitive,
                        true,
                        rules.requiresReplace,
                        rules.keepsPrior,
                        rules.zeroIsUnset,
                        rules.meaning));
    }

    public Attribute requiresReplace() {
        return with(
                new Rules(
                        rules.sensitive,
                        rules.writeOnly,
                        true,
                        rules.keepsPrior,
                        rules.zeroIsUnset,
                        rules.meaning));
    }

    public Attribute keepsPrior() {
        return with(
                new Rules(
                        rules.sensitive,
                        rules.writeOnly,
                        rules.requiresReplace,
                        true,
                        rules.zeroIsUnset,
                        rules.meaning));
    }

    public Attribute zeroIsUnset() {
        return with(
                new Rules(
                        rules.sensitive,
                        rules.writeOnly,
                        rules.requiresReplace,
                        rules.keepsPrior,
                        true,
                        rules.meaning));
    }

    public Attribute comparedBy(Meaning meaning) {
        return with(
                new Rules(
                        rules.sensitive,
                        rules.writeOnly,
                        rules.requiresReplace,
                        rules.keepsPrior,
                        rules.zeroIsUnset,
                        meaning));
    }

    private Attribute with(Rules changed) {
        return new Attribute(name, type, nested, presence, changed, description, deprecation);
    }
}
