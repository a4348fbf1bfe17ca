package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What differs between two states of a noun: paths only, never values.
 *
 * @param paths of the fields that differ
 * @param immutable of those that may not
 */
record Changes(List<String> paths, List<String> immutable) {
    private static final int MAX_PATHS = 100;

    static Changes between(Message before, Message after) {
        List<String> paths = new ArrayList<>();
        List<String> immutable = new ArrayList<>();
        collect(before, after, "", paths, immutable);
        return new Changes(
                paths.size() > MAX_PATHS ? List.copyOf(paths.subList(0, MAX_PATHS)) : paths,
                immutable);
    }

    private static void collect(
            Message before, Message after, String prefix, List<String> paths, List<String> fixed) {
        for (FieldDescriptor field : before.getDescriptorForType().getFields()) {
            Object old = before.getField(field);
            Object now = after.getField(field);
            boolean sameSet =
                    !field.hasPresence() || before.hasField(field) == after.hasField(field);
            if (field.getName().equals("etag") || (sameSet && old.equals(now))) {
                continue;
            }
            String path = prefix + field.getName();
            if (Fields.is(field, FieldBehavior.IMMUTABLE) && !meansTheSame(field, old, now)) {
                fixed.add(path);
            }
            if (field.isMapField()) {
                keys((List<?>) old, (List<?>) now)
                        .forEach(key -> paths.add(Fields.keyed(path, key)));
            } else if (field.isRepeated()) {
                repeated(field, (List<?>) old, (List<?>) now, path, paths, fixed);
            } else if (field.getJavaType() == JavaType.MESSAGE
                    && field.getMessageType().equals(Struct.getDescriptor())) {
                structKeys((Message) old, (Message) now)
                        .forEach(key -> paths.add(Fields.keyed(path, key)));
            } else if (hasFields(field) && before.hasField(field) && after.hasField(field)) {
                collect((Message) old, (Message) now, path + ".", paths, fixed);
            } else {
                paths.add(path);
            }
        }
    }

    // A time or a duration is one value to whoever reads the audit log.
    private static boolean hasFields(FieldDescriptor field) {
        return Fields.isMessage(field)
                && !field.getMessageType().getFile().getPackage().equals("google.protobuf");
    }

    private static Set<Object> structKeys(Message old, Message now) {
        FieldDescriptor fields = Struct.getDescriptor().findFieldByName("fields");
        return keys((List<?>) old.getField(fields), (List<?>) now.getField(fields));
    }

    private static void repeated(
            FieldDescriptor field,
            List<?> old,
            List<?> now,
            String path,
            List<String> paths,
            List<String> fixed) {
        if (!Fields.isMessage(field) || old.size() != now.size()) {
            paths.add(path);
            return;
        }
        for (int i = 0; i < old.size(); i++) {
            collect(
                    (Message) old.get(i),
                    (Message) now.get(i),
                    path + "[" + i + "].",
                    paths,
                    fixed);
        }
    }

    private static Set<Object> keys(List<?> old, List<?> now) {
        Map<Object, Object> before = entries(old);
        Map<Object, Object> after = entries(now);
        Set<Object> changed = new LinkedHashSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return changed;
    }

    private static Map<Object, Object> entries(List<?> map) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (Object entry : map) {
            Message pair = (Message) entry;
            var type = pair.getDescriptorForType();
            entries.put(
                    pair.getField(type.findFieldByName("key")),
                    pair.getField(type.findFieldByName("value")));
        }
        return entries;
    }

    // Left out and set to its default is one and the same to whoever wrote it.
    private static boolean meansTheSame(FieldDescriptor field, Object old, Object now) {
        return !field.isRepeated() && effective(field, old).equals(effective(field, now));
    }

    private static String effective(FieldDescriptor field, Object value) {
        String text =
                value instanceof EnumValueDescriptor constant
                        ? constant.getName()
                        : value.toString();
        return !Fields.isMessage(field) && value.equals(field.getDefaultValue())
                ? defaultText(field, text)
                : text;
    }

    private static String defaultText(FieldDescriptor field, String otherwise) {
        String text = Fields.hint(field).getDefaultText();
        return text.isEmpty() ? otherwise : text;
    }
}
