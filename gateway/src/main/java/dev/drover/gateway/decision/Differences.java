package dev.drover.gateway.decision;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where two messages of the same type differ, field by field. */
final class Differences {
    private Differences() {}

    /**
     * One field.
     *
     * @param path {@code rules[2].message}
     * @param before as text; empty: it is not there
     */
    record Difference(String path, String before, String after) {
        @Override
        public String toString() {
            return "%s: %s, now %s".formatted(path, shown(before), shown(after));
        }

        private static String shown(String value) {
            return value.isEmpty() ? "nothing" : value;
        }
    }

    /** The first one; only for messages that differ. */
    static String first(Message before, Message after) {
        List<Difference> all = between(before, after);
        return all.isEmpty() ? "fields that this version does not know" : all.getFirst().toString();
    }

    /** All of them, in the order of fields. */
    static List<Difference> between(Message before, Message after) {
        List<Difference> found = new ArrayList<>();
        fields("", before, after, found);
        return found;
    }

    private static void fields(String path, Message before, Message after, List<Difference> found) {
        for (FieldDescriptor field : before.getDescriptorForType().getFields()) {
            String name = path.isEmpty() ? field.getName() : path + "." + field.getName();
            if (field.isMapField()) {
                compare(name, map(field, before), map(field, after), found);
            } else if (field.isRepeated()) {
                list(name, field, before, after, found);
            } else {
                value(name, one(field, before), one(field, after), found);
            }
        }
    }

    private static void list(
            String path,
            FieldDescriptor field,
            Message before,
            Message after,
            List<Difference> found) {
        int was = before.getRepeatedFieldCount(field);
        int is = after.getRepeatedFieldCount(field);
        for (int i = 0; i < Math.max(was, is); i++) {
            value(
                    path + "[" + i + "]",
                    i < was ? before.getRepeatedField(field, i) : null,
                    i < is ? after.getRepeatedField(field, i) : null,
                    found);
        }
    }

    private static void value(
            String path, @Nullable Object before, @Nullable Object after, List<Difference> found) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Message was && after instanceof Message is) {
            fields(path, was, is, found);
            return;
        }
        found.add(new Difference(path, text(before), text(after)));
    }

    private static @Nullable Object one(FieldDescriptor field, Message message) {
        boolean there = !field.hasPresence() || message.hasField(field);
        return there ? message.getField(field) : null;
    }

    private static Map<Object, Object> map(FieldDescriptor field, Message message) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Map<Object, Object> map = new TreeMap<>();
        for (Object entry : (List<?>) message.getField(field)) {
            map.put(((Message) entry).getField(key), ((Message) entry).getField(value));
        }
        return map;
    }

    private static void compare(
            String path,
            Map<Object, Object> before,
            Map<Object, Object> after,
            List<Difference> found) {
        Map<Object, Object> all = new TreeMap<>(before);
        all.putAll(after);
        for (Object key : all.keySet()) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                found.add(
                        new Difference(
                                path + "[" + key + "]",
                                Objects.toString(before.get(key), ""),
                                Objects.toString(after.get(key), "")));
            }
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Message message ->
                    TextFormat.printer().emittingSingleLine(true).printToString(message);
            default -> value.toString();
        };
    }
}
