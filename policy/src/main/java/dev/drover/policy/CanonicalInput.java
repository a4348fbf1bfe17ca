package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.drover.v1.PolicyInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the maps of an input in the order of their keys: an input that was stored and read again
 * comes with another order, and must have the same outcome and explanation all the same.
 */
final class CanonicalInput {

    private static final Comparator<Message> BY_KEY =
            Comparator.comparing(entry -> ((MapEntry<?, ?>) entry).getKey().toString());

    /** By the name of a message: its fields that are maps, or in which there are some. */
    private static final Map<String, List<FieldDescriptor>> WITH_MAPS = withMaps();

    private CanonicalInput() {}

    /** The input itself where its maps are in order. */
    static PolicyInput of(PolicyInput input) {
        return (PolicyInput) message(input);
    }

    private static Map<String, List<FieldDescriptor>> withMaps() {
        Map<String, List<FieldDescriptor>> found = new HashMap<>();
        find(PolicyInput.getDescriptor(), found);
        return Map.copyOf(found);
    }

    private static boolean find(Descriptor message, Map<String, List<FieldDescriptor>> found) {
        List<FieldDescriptor> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            boolean inside =
                    field.getJavaType() == JavaType.MESSAGE && find(field.getMessageType(), found);
            if (field.isMapField() || inside) {
                fields.add(field);
            }
        }
        found.put(message.getFullName(), List.copyOf(fields));
        return !fields.isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // What is in order is given back as it is.
    private static Message message(Message message) {
        Message.@Nullable Builder changed = null;
        for (FieldDescriptor field :
                WITH_MAPS.getOrDefault(message.getDescriptorForType().getFullName(), List.of())) {
            Object before = message.getField(field);
            Object after =
                    field.isRepeated() ? list(field, (List<?>) before) : message((Message) before);
            if (after != before) {
                changed = changed == null ? message.toBuilder() : changed;
                changed.setField(field, after);
            }
        }
        return changed == null ? message : changed.build();
    }

    /** The messages of a list, or the entries of a map. */
    @SuppressWarnings("ReferenceEquality")
    private static List<?> list(FieldDescriptor field, List<?> before) {
        List<Message> after = new ArrayList<>(before.size());
        boolean same = true;
        for (Object one : before) {
            Message inner = message((Message) one);
            same &= inner == one;
            same &= !field.isMapField() || after.isEmpty() || inOrder(after.getLast(), inner);
            after.add(inner);
        }
        if (same) {
            return before;
        }
        if (field.isMapField()) {
            after.sort(BY_KEY);
        }
        return after;
    }

    private static boolean inOrder(Message before, Message entry) {
        return BY_KEY.compare(before, entry) <= 0;
    }
}
