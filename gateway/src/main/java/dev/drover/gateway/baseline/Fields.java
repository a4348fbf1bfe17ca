package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drover.v1.FieldHint;
import dev.drover.v1.OptionsProto;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields by name and by what is declared of them. */
final class Fields {
    private Fields() {}

    /** A text field by name; empty where the message has none. */
    static String text(Message message, String name) {
        FieldDescriptor field = find(message, name);
        return field == null ? "" : (String) message.getField(field);
    }

    /** A flag by name; false where the message has none. */
    static boolean flag(Message message, String name) {
        FieldDescriptor field = find(message, name);
        return field != null && (Boolean) message.getField(field);
    }

    /** A number by name; 0 where the message has none. */
    static int number(Message message, String name) {
        FieldDescriptor field = find(message, name);
        return field == null ? 0 : (Integer) message.getField(field);
    }

    /** Sets a field by name, where the message has it. */
    static void set(Message.Builder message, String name, Object value) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field != null) {
            message.setField(field, value);
        }
    }

    /** Clears a field by name, where the message has it. */
    static void clear(Message.Builder message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field != null) {
            message.clearField(field);
        }
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static boolean is(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    /** Whether callers may set the field at all. */
    static boolean isInput(FieldDescriptor field) {
        return !is(field, FieldBehavior.OUTPUT_ONLY)
                && !is(field, FieldBehavior.IDENTIFIER)
                && !field.getName().equals("etag");
    }

    static FieldHint hint(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.hint);
    }

    static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && !field.isMapField();
    }

    /** Whether it holds anything. */
    static boolean populated(Message message, FieldDescriptor field) {
        return field.isRepeated()
                ? message.getRepeatedFieldCount(field) > 0
                : message.hasField(field);
    }

    /** The message without any field of this behaviour, at any depth. */
    static Message without(Message message, FieldBehavior behavior) {
        Message.Builder builder = message.toBuilder();
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (is(field, behavior)) {
                builder.clearField(field);
            } else if (isMessage(field) && field.isRepeated()) {
                List<?> values = (List<?>) message.getField(field);
                builder.clearField(field);
                values.forEach(value ->
                        builder.addRepeatedField(field, without((Message) value, behavior)));
            } else if (isMessage(field)) {
                builder.setField(field, without((Message) message.getField(field), behavior));
            }
        }
        return builder.build();
    }

    /** The path of a key of a map. */
    static String keyed(String path, Object key) {
        return path + "[\"" + key + "\"]";
    }

    private static @Nullable FieldDescriptor find(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }
}
