package dev.drover.gateway.baseline.query;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.FilterNode.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order as in AIP-132: fields, each optionally {@code desc}; the name comes last, so that the
 * order is total. What is not there comes first.
 */
public final class Ordering implements Comparator<Message> {
    private static final Pattern PART =
            Pattern.compile("\\s*([A-Za-z0-9_.\\-]+)(?:\\s+(desc|asc))?\\s*");
    private static final int MAX_FIELDS = 10;

    private record Key(FieldPath path, boolean descending) {}

    private final List<Key> keys;

    private Ordering(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Reads an order; empty: by name.
     *
     * @throws dev.drover.gateway.error.GatewayException INVALID_QUERY, with the column
     */
    public static Ordering parse(String text, Descriptor type) {
        List<Key> keys = new ArrayList<>();
        if (!text.isBlank()) {
            int offset = 0;
            for (String part : text.split(",", -1)) {
                keys.add(key(part, offset, type));
                offset += part.length() + 1;
            }
        }
        if (keys.size() > MAX_FIELDS) {
            throw QueryErrors.of(
                    "order_by", "names " + keys.size() + " fields; at most " + MAX_FIELDS);
        }
        Name name = new Name("name", 0);
        keys.add(new Key(FieldPath.resolve("order_by", type, List.of(name)), false));
        return new Ordering(List.copyOf(keys));
    }

    private static Key key(String part, int offset, Descriptor type) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw QueryErrors.at(
                    "order_by",
                    offset,
                    "'" + part.strip() + "' is not FIELD or FIELD desc, separated by commas");
        }
        List<Name> names = new ArrayList<>();
        int at = offset + matcher.start(1);
        for (String name : matcher.group(1).split("\\.", -1)) {
            names.add(new Name(name, at));
            at += name.length() + 1;
        }
        FieldPath path = FieldPath.resolve("order_by", type, names);
        if (path.many() || path.leaf().isMapField() || !Values.comparable(path.leaf())) {
            throw QueryErrors.at(
                    "order_by",
                    offset + matcher.start(1),
                    "'" + matcher.group(1) + "' has no order; name a single plain value");
        }
        return new Key(path, "desc".equals(matcher.group(2)));
    }

    /** Whether it is the order of names alone, which is how records are stored. */
    public boolean byName() {
        return keys.size() == 1;
    }

    @Override
    public int compare(Message left, Message right) {
        for (Key key : keys) {
            int sign = compare(key.path(), left, right);
            if (sign != 0) {
                return key.descending() ? -sign : sign;
            }
        }
        return 0;
    }

    private static int compare(FieldPath path, Message left, Message right) {
        List<Object> a = path.values(left);
        List<Object> b = path.values(right);
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(!a.isEmpty(), !b.isEmpty());
        }
        return Filter.compare(
                Values.of(path.leaf(), a.getFirst()), Values.of(path.leaf(), b.getFirst()));
    }

    /** The message with nothing but what the order looks at: where a page ended. */
    public Message keyOf(Message message) {
        Message.Builder pruned = message.newBuilderForType();
        keys.forEach(key -> take(pruned, message, key.path().steps()));
        return pruned.buildPartial();
    }

    private static void take(Message.Builder into, Message from, List<FieldPath.Step> steps) {
        var field = steps.getFirst().field();
        if (steps.size() == 1 || field.isMapField()) {
            into.setField(field, from.getField(field));
        } else if (from.hasField(field)) {
            take(
                    into.getFieldBuilder(field),
                    (Message) from.getField(field),
                    steps.subList(1, steps.size()));
        }
    }
}
