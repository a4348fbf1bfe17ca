package dev.drover.policy;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.drover.v1.OptionsProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses characters that nobody sees and that change what people read: names, labels and reasons
 * are shown on terminals and in logs, beside what others wrote.
 */
public final class TextChecks {
    private static final String MAY_BREAK_LINES = "\n\r\t";

    private TextChecks() {}

    /** What is wrong with a text that people read; empty where nothing is. */
    public static Optional<String> problem(String text) {
        return text.codePoints()
                .filter(TextChecks::hidden)
                .mapToObj(point ->
                        "has the character U+%04X, which is not shown but changes what is read; leave it out"
                                .formatted(point))
                .findFirst();
    }

    private static boolean hidden(int point) {
        return (Character.isISOControl(point) && MAY_BREAK_LINES.indexOf(point) < 0)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    /** The texts of a noun itself. What is in nested messages is not prose: jobspecs, variables. */
    public static List<FieldProblem> check(Message noun) {
        List<FieldProblem> problems = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : noun.getAllFields().entrySet()) {
            if (given(field.getKey())) {
                texts(field.getKey(), field.getValue(), problems);
            }
        }
        return problems;
    }

    private static boolean given(FieldDescriptor field) {
        List<FieldBehavior> behavior =
                field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        return !behavior.contains(FieldBehavior.OUTPUT_ONLY)
                && !behavior.contains(FieldBehavior.IDENTIFIER)
                && !field.getOptions().getExtension(OptionsProto.hint).getSensitive();
    }

    private static void texts(FieldDescriptor field, Object value, List<FieldProblem> problems) {
        if (field.isMapField()) {
            ((List<?>) value).forEach(entry -> entry(field, (Message) entry, problems));
        } else if (field.getJavaType() == JavaType.STRING) {
            List<?> all = field.isRepeated() ? (List<?>) value : List.of(value);
            for (int i = 0; i < all.size(); i++) {
                String path = field.getName() + (field.isRepeated() ? "[" + i + "]" : "");
                add(path, all.get(i), problems);
            }
        }
    }

    private static void entry(FieldDescriptor field, Message entry, List<FieldProblem> problems) {
        FieldDescriptor key = entry.getDescriptorForType().findFieldByName("key");
        FieldDescriptor value = entry.getDescriptorForType().findFieldByName("value");
        String path =
                field.getName() + "[" + ValueText.quoted(entry.getField(key).toString()) + "]";
        add(path, entry.getField(key), problems);
        if (value.getJavaType() == JavaType.STRING) {
            add(path, entry.getField(value), problems);
        }
    }

    private static void add(String path, Object text, List<FieldProblem> problems) {
        problem(text.toString()).ifPresent(what -> problems.add(FieldProblem.of(path, what)));
    }
}
