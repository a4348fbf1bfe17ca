package dev.drover.gateway.baseline.query;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.FilterNode.Operator;
import dev.drover.gateway.baseline.query.FilterNode.Restriction;
import java.util.List;
import java.util.function.Predicate;

/**
 * A filter as in AIP-160, resolved and typed against a message type. A restriction on something
 * that is not there (a message that is unset, a key that a map does not have) is not met, whatever
 * the operator; NOT turns that round.
 */
public final class Filter implements Predicate<Message> {
    private final Predicate<Message> test;

    private Filter(Predicate<Message> test) {
        this.test = test;
    }

    /**
     * Reads a filter; empty: everything.
     *
     * @throws dev.drover.gateway.error.GatewayException INVALID_QUERY, with the column
     */
    public static Filter parse(String text, Descriptor type) {
        return new Filter(resolve(FilterParser.parse(text), type));
    }

    @Override
    public boolean test(Message message) {
        return test.test(message);
    }

    private static Predicate<Message> resolve(FilterNode node, Descriptor type) {
        return switch (node) {
            case FilterNode.All(List<FilterNode> parts) -> {
                List<Predicate<Message>> tests = resolve(parts, type);
                yield message -> tests.stream().allMatch(part -> part.test(message));
            }
            case FilterNode.Any(List<FilterNode> parts) -> {
                List<Predicate<Message>> tests = resolve(parts, type);
                yield message -> tests.stream().anyMatch(part -> part.test(message));
            }
            case FilterNode.Not(FilterNode part) -> resolve(part, type).negate();
            case Restriction restriction -> restriction(restriction, type);
        };
    }

    private static List<Predicate<Message>> resolve(List<FilterNode> parts, Descriptor type) {
        return parts.stream().map(part -> resolve(part, type)).toList();
    }

    private static Predicate<Message> restriction(Restriction restriction, Descriptor type) {
        FieldPath path = FieldPath.resolve("filter", type, restriction.path());
        if (restriction.operator() == Operator.HAS) {
            return Has.test(path, restriction);
        }
        int offset = restriction.path().getFirst().offset();
        if (path.many()) {
            throw QueryErrors.at("filter", offset, "is repeated; use ':' instead of a comparison");
        }
        if (path.leaf().isMapField()) {
            throw QueryErrors.at(
                    "filter", offset, "is a map; compare one key of it, for example labels.tier");
        }
        Predicate<Object> compare = comparison(path.leaf(), restriction);
        return message -> path.values(message).stream().anyMatch(compare);
    }

    /** A test of single values of this field. */
    static Predicate<Object> comparison(FieldDescriptor field, Restriction restriction) {
        if (!Values.comparable(field)) {
            throw QueryErrors.at(
                    "filter",
                    restriction.path().getLast().offset(),
                    "'" + field.getName() + "' cannot be compared; name a field of it");
        }
        boolean ordered =
                switch (field.getJavaType()) {
                    case BOOLEAN, ENUM -> false;
                    default -> true;
                };
        return switch (restriction.operator()) {
            case EQUAL, HAS -> equal(field, restriction);
            case NOT_EQUAL -> equal(field, restriction).negate();
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                if (!ordered) {
                    throw QueryErrors.at(
                            "filter",
                            restriction.path().getLast().offset(),
                            "'" + field.getName() + "' has no order; use = or !=");
                }
                yield order(field, restriction);
            }
        };
    }

    private static Predicate<Object> equal(FieldDescriptor field, Restriction restriction) {
        String text = restriction.argument().text();
        if (field.getJavaType() == FieldDescriptor.JavaType.STRING && text.contains("*")) {
            Wildcard wildcard = Wildcard.of(text);
            return value -> wildcard.matches((String) value);
        }
        Comparable<?> wanted = Values.parse(field, restriction.argument());
        return value -> compare(Values.of(field, value), wanted) == 0;
    }

    private static Predicate<Object> order(FieldDescriptor field, Restriction restriction) {
        Comparable<?> wanted = Values.parse(field, restriction.argument());
        return value -> {
            int sign = compare(Values.of(field, value), wanted);
            return switch (restriction.operator()) {
                case LESS -> sign < 0;
                case LESS_OR_EQUAL -> sign <= 0;
                case GREATER -> sign > 0;
                case GREATER_OR_EQUAL -> sign >= 0;
                case EQUAL, NOT_EQUAL, HAS -> throw new IllegalStateException("is no order");
            };
        };
    }

    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> left, Comparable<?> right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
