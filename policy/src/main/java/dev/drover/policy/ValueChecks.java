package dev.drover.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.re2j.Pattern;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.FieldHint;
import java.util.ArrayList;
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

    List<FieldProblem> check(String path, FieldHint hint, Object value) {
        return switch (value) {
            case String text -> text(path, hint, text);
            case Integer number -> number(path, hint, number);
            case Long number -> number(path, hint, number);
            case EnumValueDescriptor constant -> constant(path, constant);
            default -> List.of();
        };
    }

    private List<FieldProblem> text(String path, FieldHint hint, String text) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!hint.getPattern().isEmpty()
                && !patterns.computeIfAbsent(hint.getPattern(), Pattern::compile).matches(text)) {
            problems.add(
                    FieldProblem.of(path, ValueText.of(text) + " must match " + hint.getPattern()));
        }
        if (hint.getExpression() != ExpressionResult.EXPRESSION_RESULT_UNSPECIFIED) {
            language.compile(text, hint.getExpression()).problems().stream()
                    .map(problem -> FieldProblem.of(path, problem))
                    .forEach(problems::add);
        }
        return problems;
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
}
