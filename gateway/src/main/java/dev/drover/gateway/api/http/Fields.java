package dev.drover.gateway.api.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds fields by the names that people write. */
final class Fields {
    private Fields() {}

    /** A field by its name in the .proto or in JSON. */
    static Optional<FieldDescriptor> find(Descriptor type, String name) {
        FieldDescriptor byName = type.findFieldByName(name);
        if (byName != null) {
            return Optional.of(byName);
        }
        return type.getFields().stream()
                .filter(field -> field.getJsonName().equals(name))
                .findFirst();
    }

    /** A message that is an object of its own fields in JSON, not one with a form of its own. */
    static boolean isPlainMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && !field.isMapField()
                && !field.getMessageType().getFullName().startsWith("google.protobuf.");
    }

    /** Whether null is a value of this field, and not its absence. */
    static boolean isJsonValue(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Value");
    }

    /** {@code "; did you mean x?"} where something is near, else nothing. */
    static String suggestion(Descriptor type, String wrong) {
        return type.getFields().stream()
                .flatMap(field -> Stream.of(field.getName(), field.getJsonName()))
                .filter(name -> distance(name, wrong) <= Math.max(2, wrong.length() / 4))
                .min(Comparator.comparingInt(name -> distance(name, wrong)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** Edit distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
