package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Field paths of the API ({@code policy.rules[2].id}) as attribute paths. */
final class Paths {
    private static final Pattern STEP =
            Pattern.compile("\\G\\.?(?:([A-Za-z_][A-Za-z0-9_]*)|\\[(\\d+)\\]|\\[\"([^\"]*)\"\\])");

    private Paths() {}

    /** The attribute that a field became; the root where it became none. */
    static AttributePath attribute(Noun noun, String fieldPath) {
        if (fieldPath.equals(noun.field() + "_id")) {
            return AttributePath.of("name");
        }
        if (fieldPath.equals("parent")) {
            return noun.inProject() ? AttributePath.of("project") : AttributePath.ROOT;
        }
        String prefix = noun.field() + ".";
        return inside(
                noun,
                fieldPath.startsWith(prefix) ? fieldPath.substring(prefix.length()) : fieldPath);
    }

    /** The attribute of a data source or an action that is named as the field of its request. */
    static AttributePath attribute(Schema schema, String fieldPath) {
        String first = fieldPath.replaceFirst("[.\\[].*$", "");
        String name = first.equals("parent") ? "project" : first;
        return schema.type().attributes().containsKey(name)
                ? AttributePath.of(name)
                : AttributePath.ROOT;
    }

    /** The same for a path inside the noun's message ({@code rules[2].id}). */
    static AttributePath inside(Noun noun, String fieldPath) {
        AttributePath path = AttributePath.ROOT;
        Matcher step = STEP.matcher(fieldPath);
        Descriptor message = noun.message();
        FieldDescriptor field = null;
        while (step.find()) {
            if (step.group(1) != null) {
                field = message == null ? null : message.findFieldByName(step.group(1));
                if (field == null) {
                    return path;
                }
                path = path.attribute(name(field, path));
                message = messageOf(field);
                if (Noun.hint(field).getSet()) {
                    return path;
                }
            } else if (step.group(2) != null) {
                path = path.index(Long.parseLong(step.group(2)));
            } else {
                path = path.key(step.group(3));
            }
        }
        return path;
    }

    /** The text at a field path of a message; empty where there is none. */
    static String text(Message message, String fieldPath) {
        Object value = message;
        Matcher step = STEP.matcher(fieldPath);
        while (step.find()) {
            if (step.group(1) != null && value instanceof Message inside) {
                FieldDescriptor field =
                        inside.getDescriptorForType().findFieldByName(step.group(1));
                value = field == null ? "" : inside.getField(field);
            } else if (step.group(2) != null && value instanceof List<?> list) {
                int index = Integer.parseInt(step.group(2));
                value = index < list.size() ? list.get(index) : "";
            } else {
                return "";
            }
        }
        return value instanceof String text ? text : "";
    }

    private static String name(FieldDescriptor field, AttributePath path) {
        return path.isRoot() && NounAttributes.isWriteOnly(field)
                ? NounAttributes.writeOnlyName(field)
                : field.getName();
    }

    private static @Nullable Descriptor messageOf(FieldDescriptor field) {
        FieldDescriptor value = field.isMapField() ? Texts.mapValue(field) : field;
        return NounAttributes.isNested(field) ? value.getMessageType() : null;
    }
}
