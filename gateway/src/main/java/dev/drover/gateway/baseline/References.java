package dev.drover.gateway.baseline;

import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** Finds what a message refers to, by {@code google.api.resource_reference}, at any depth. */
public final class References {
    private References() {}

    /** All references of a noun, its parent first. */
    public static List<Reference> of(Kind<?> kind, Message message, Kinds kinds) {
        List<Reference> found = new ArrayList<>();
        String name = Fields.text(message, "name");
        kinds.parentOf(kind)
                .ifPresent(parent ->
                        found.add(
                                new Reference(
                                        "parent",
                                        parent.resource().getType(),
                                        parent.key(ResourcePattern.parentOf(name)))));
        collect(message, "", kinds, found);
        return found;
    }

    private static void collect(Message in, String prefix, Kinds kinds, List<Reference> found) {
        in.getAllFields().forEach((field, value) -> collect(field, value, prefix, kinds, found));
    }

    private static void collect(
            FieldDescriptor field,
            Object value,
            String prefix,
            Kinds kinds,
            List<Reference> found) {
        String path = prefix + field.getName();
        if (field.isMapField()) {
            for (Object entry : (List<?>) value) {
                Message pair = (Message) entry;
                var type = pair.getDescriptorForType();
                Object key = pair.getField(type.findFieldByName("key"));
                Object inner = pair.getField(type.findFieldByName("value"));
                if (inner instanceof Message message) {
                    collect(message, Fields.keyed(path, key) + ".", kinds, found);
                }
            }
        } else if (field.isRepeated()) {
            List<?> values = (List<?>) value;
            for (int i = 0; i < values.size(); i++) {
                one(field, values.get(i), path + "[" + i + "]", kinds, found);
            }
        } else {
            one(field, value, path, kinds, found);
        }
    }

    private static void one(
            FieldDescriptor field, Object value, String path, Kinds kinds, List<Reference> found) {
        String type = field.getOptions().getExtension(ResourceProto.resourceReference).getType();
        if (value instanceof Message message) {
            collect(message, path + ".", kinds, found);
        } else if (!type.isEmpty() && value instanceof String name && !name.isEmpty()) {
            Kind<?> target = kinds.byType(type);
            found.add(new Reference(path, type, target.key(name)));
        }
    }
}
