package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.re2j.Pattern;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.FieldHint;
import dev.drover.v1.PolicyInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks single values by the hint of their field. */
final class ValueChecks {

    private final PolicyLanguage language;

    /** The patterns of the proto: a fixed small number. */
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    ValueChecks(PolicyLanguage language) {
        this.language = language;
    }

    /** A set that names something twice reads back as another set. */
    static List<FieldProblem> duplicates(String path, FieldHint hint, List<?> elements) {
        if (!hint.getSet()) {
            return List.of();
        }
        List<FieldProblem> problems = new ArrayList<>();
        Map<Object, Integer> seen = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Integer first = seen.putIfAbsent(elements.get(i), i);
            if (first != null) {
                problems.add(
                        FieldProblem.of(
                                path + "[" + i + "]",
                                ValueText.of(elements.get(i))
                                        + " is already there as "
                                        + path
                                        + "["
                                        + first
                                        + "]"));
            }
        }
        return problems;
    }

    /**
     * All problems of one value.
     *
     * @param file where the field is declared
     */
    List<FieldProblem> check(String path, FieldHint hint, FileDescriptor file, Object value) {
        return switch (value) {
            case String text -> text(path, hint, file, text);
            case Integer number -> number(path, hint, number);
            case Long number -> number(path, hint, number);
            case EnumValueDescriptor constant -> constant(path, constant);
            default -> List.of();
        };
    }

    private List<FieldProblem> text(String path, FieldHint hint, FileDescriptor file, String text) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!hint.getPattern().isEmpty()
                && !patterns.computeIfAbsent(hint.getPattern(), Pattern::compile).matches(text)) {
            problems.add(
                    FieldProblem.of(path, shown(hint, text) + " must match " + hint.getPattern()));
        }
        if (hint.getExpression() != ExpressionResult.EXPRESSION_RESULT_UNSPECIFIED) {
            language.compile(text, hint.getExpression(), variables(hint, file)).problems().stream()
                    .map(problem -> FieldProblem.of(path, problem))
                    .forEach(problems::add);
        }
        return problems;
    }

    private static Descriptor variables(FieldHint hint, FileDescriptor file) {
        return hint.getVariables().isEmpty()
                ? PolicyInput.getDescriptor()
                : file.findMessageTypeByName(hint.getVariables());
    }

    private static List<FieldProblem> number(String path, FieldHint hint, long number) {
        if (hint.getMin() == 0 && hint.getMax() == 0) {
            return List.of();
        }
        return number >= hint.getMin() && number <= hint.getMax()
                ? List.of()
                : List.of(
                        FieldProblem.of(
                                path,
                                number
                                        + " must be from "
                                        + hint.getMin()
                                        + " to "
                                        + hint.getMax()));
    }

    private static List<FieldProblem> constant(String path, EnumValueDescriptor constant) {
        boolean known = constant.getType().findValueByNumber(constant.getNumber()) != null;
        return known
                ? List.of()
                : List.of(
                        FieldProblem.of(
                                path,
                                constant.getNumber()
                                        + " is not a value of "
                                        + constant.getType().getName()));
    }

    private static String shown(FieldHint hint, String text) {
        return hint.getSensitive() ? "the value, which is not shown," : ValueText.of(text);
    }
}
