package dev.drover.gateway.baseline.query;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.FilterNode.Restriction;
import java.util.function.Predicate;

/**
 * The operator {@code :}. Of a map: it has the key. Of a repeated field: one of its values equals
 * the argument. With {@code *}: there is anything at all.
 */
final class Has {
    private Has() {}

    static Predicate<Message> test(FieldPath path, Restriction restriction) {
        FieldDescriptor leaf = path.leaf();
        String wanted = restriction.argument().text();
        boolean anything = wanted.equals("*") && !restriction.argument().quoted();
        if (anything) {
            return message -> path.values(message).stream().anyMatch(value -> isSet(leaf, value));
        }
        if (leaf.isMapField()) {
            FieldDescriptor key = leaf.getMessageType().findFieldByName("key");
            return message ->
                    path.values(message).stream()
                            .map(entry -> String.valueOf(((Message) entry).getField(key)))
                            .anyMatch(wanted::equals);
        }
        boolean keyed = path.steps().getLast().key() != null;
        if (!path.many() && !keyed) {
            throw QueryErrors.at(
                    "filter",
                    restriction.path().getFirst().offset(),
                    "':' asks what a map or a list has; use '=' here, or ':*' for whether it is"
                            + " set");
        }
        Predicate<Object> compare = Filter.comparison(leaf, restriction);
        return message -> path.values(message).stream().anyMatch(compare);
    }

    private static boolean isSet(FieldDescriptor leaf, Object value) {
        return leaf.getJavaType() == JavaType.MESSAGE
                || leaf.isRepeated()
                || leaf.hasPresence()
                || !value.equals(leaf.getDefaultValue());
    }
}
