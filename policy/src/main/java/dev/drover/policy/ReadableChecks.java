package dev.drover.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Refuses what could be stored and not be read again. Protobuf reads at most 100 messages within
 * one another and writes any number of them; and JSON has no numbers without end.
 */
final class ReadableChecks {
    /** A level of a map takes three messages; nouns travel in a few more. */
    private static final int LEVELS_MAX = 20;

    private static final int MESSAGES_MAX = 3 * LEVELS_MAX;

    private ReadableChecks() {}

    static List<FieldProblem> check(Message noun) {
        List<FieldProblem> problems = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : noun.getAllFields().entrySet()) {
            String path = field.getKey().getName();
            if (tooDeep(field, MESSAGES_MAX)) {
                problems.add(
                        FieldProblem.of(
                                path,
                                "is nested more than %d levels deep; make it flatter"
                                        .formatted(LEVELS_MAX)));
            } else if (endless(field)) {
                problems.add(
                        FieldProblem.of(
                                path,
                                "has a number that is infinite, too large or not a number; write it as a text"));
            }
        }
        return problems;
    }

    private static boolean endless(Map.Entry<FieldDescriptor, Object> field) {
        return switch (field.getKey().getJavaType()) {
            case DOUBLE ->
                    !field.getKey().isRepeated() && !Double.isFinite((Double) field.getValue());
            case MESSAGE -> inside(field).anyMatch(ReadableChecks::endless);
            default -> false;
        };
    }

    private static boolean tooDeep(Map.Entry<FieldDescriptor, Object> field, int left) {
        if (field.getKey().getJavaType() != JavaType.MESSAGE) {
            return false;
        }
        return left == 0 || inside(field).anyMatch(inner -> tooDeep(inner, left - 1));
    }

    private static Stream<Map.Entry<FieldDescriptor, Object>> inside(
            Map.Entry<FieldDescriptor, Object> field) {
        Collection<?> messages =
                field.getKey().isRepeated()
                        ? (List<?>) field.getValue()
                        : List.of(field.getValue());
        return messages.stream()
                .flatMap(each -> ((Message) each).getAllFields().entrySet().stream());
    }
}
