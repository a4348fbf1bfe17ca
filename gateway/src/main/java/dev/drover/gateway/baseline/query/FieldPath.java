package dev.drover.gateway.baseline.query;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import dev.drover.gateway.baseline.query.FilterNode.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path, looked up in a message type.
 *
 * @param steps from the message to the value
 * @param many whether it leads through a repeated field, and so to any number of values
 * @param leaf the type of the values; of a map: the map itself
 */
record FieldPath(List<Step> steps, boolean many, FieldDescriptor leaf) {
    /** One step: into a field, or to the value of a key. */
    record Step(FieldDescriptor field, @Nullable String key) {}

    static FieldPath resolve(String query, Descriptor root, List<Name> names) {
        List<Step> steps = new ArrayList<>();
        Descriptor in = root;
        boolean many = false;
        FieldDescriptor leaf = null;
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (in == null) {
                throw QueryErrors.at(
                        query,
                        name.offset(),
                        "'" + names.get(i - 1).text() + "' is a plain value; it has no fields");
            }
            FieldDescriptor field = field(query, in, name);
            boolean keyed = field.isMapField() && i + 1 < names.size();
            if (keyed) {
                i++;
                leaf = field.getMessageType().findFieldByName("value");
            } else {
                leaf = field;
            }
            steps.add(new Step(field, keyed ? names.get(i).text() : null));
            many |= field.isRepeated() && !field.isMapField();
            in =
                    leaf.getJavaType() == JavaType.MESSAGE && !leaf.isMapField()
                            ? leaf.getMessageType()
                            : null;
            if (in != null && in.getFullName().equals(Struct.getDescriptor().getFullName())) {
                throw QueryErrors.at(
                        query, name.offset(), "'" + name.text() + "' cannot be looked into");
            }
        }
        if (leaf == null) {
            throw QueryErrors.of(query, "names no field");
        }
        return new FieldPath(List.copyOf(steps), many, leaf);
    }

    private static FieldDescriptor field(String query, Descriptor in, Name name) {
        for (FieldDescriptor field : in.getFields()) {
            if (field.getName().equals(name.text()) || field.getJsonName().equals(name.text())) {
                return field;
            }
        }
        throw QueryErrors.at(
                query,
                name.offset(),
                in.getName()
                        + " has no field '"
                        + name.text()
                        + "'; its fields are "
                        + in.getFields().stream()
                                .map(FieldDescriptor::getName)
                                .collect(Collectors.joining(", ")));
    }

    /** The values it leads to; none where a message or a key on the way is not there. */
    List<Object> values(Message message) {
        List<Object> found = List.of(message);
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object in : found) {
                follow((Message) in, step, next);
            }
            found = next;
        }
        return found;
    }

    private static void follow(Message in, Step step, List<Object> found) {
        FieldDescriptor field = step.field();
        if (step.key() != null) {
            for (Object entry : (List<?>) in.getField(field)) {
                Message pair = (Message) entry;
                Descriptor type = pair.getDescriptorForType();
                if (String.valueOf(pair.getField(type.findFieldByName("key"))).equals(step.key())) {
                    found.add(pair.getField(type.findFieldByName("value")));
                }
            }
        } else if (field.isRepeated()) {
            found.addAll((List<?>) in.getField(field));
        } else if (!field.hasPresence() || in.hasField(field)) {
            found.add(in.getField(field));
        }
    }
}
