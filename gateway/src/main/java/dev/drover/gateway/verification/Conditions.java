package dev.drover.gateway.verification;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.drover.policy.Compilation;
import dev.drover.policy.CompiledExpression;
import dev.drover.policy.FailureCode;
import dev.drover.policy.Outcome;
import dev.drover.policy.PolicyLanguage;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PrometheusFacts;
import dev.drover.v1.Sample;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Judges what was measured by the declared conditions. */
final class Conditions {
    private static final int KEPT = 1024;

    private record Source(String text, String input) {}

    /**
     * A pair of conditions.
     *
     * @param kind of the measurement, which is the field that they stand in
     */
    record Pair(String kind, String success, String failure) {}

    private final PolicyLanguage language = new PolicyLanguage();
    private final Map<Source, Compilation> compiled = new ConcurrentHashMap<>();

    /** Whether one of the conditions reads this variable. */
    boolean reads(Pair conditions, Descriptor input, String variable) {
        return reads(conditions.success(), input, variable)
                || reads(conditions.failure(), input, variable);
    }

    /** Failure goes first; with both conditions and neither true, nobody can tell. */
    Finding judge(Pair conditions, Message facts) {
        if (!conditions.failure().isEmpty()) {
            Outcome failure = evaluate(conditions.failure(), facts);
            if (!(failure instanceof Outcome.Truth truth)) {
                return broken(conditions.kind() + ".failure_condition", failure, facts);
            }
            if (truth.value() || conditions.success().isEmpty()) {
                return truth.value()
                        ? found(Sample.Result.FAILURE, conditions.failure(), "is true", truth)
                        : found(Sample.Result.SUCCESS, conditions.failure(), "is false", truth);
            }
        }
        Outcome success = evaluate(conditions.success(), facts);
        if (!(success instanceof Outcome.Truth truth)) {
            return broken(conditions.kind() + ".success_condition", success, facts);
        }
        if (truth.value()) {
            return found(Sample.Result.SUCCESS, conditions.success(), "is true", truth);
        }
        return conditions.failure().isEmpty()
                ? found(Sample.Result.FAILURE, conditions.success(), "is false", truth)
                : found(
                        Sample.Result.UNCLEAR,
                        conditions.success(),
                        "is false, and so is " + conditions.failure(),
                        truth);
    }

    private boolean reads(String text, Descriptor input, String variable) {
        return !text.isEmpty()
                && compile(text, input)
                        .compiled()
                        .map(CompiledExpression::variables)
                        .filter(names -> names.contains(variable))
                        .isPresent();
    }

    private Outcome evaluate(String text, Message facts) {
        return switch (compile(text, facts.getDescriptorForType())) {
            case Compilation.Compiled right -> right.expression().evaluate(facts);
            // Only possible for a verification that another version of Drover accepted.
            case Compilation.Rejected wrong ->
                    new Outcome.Failed(
                            FailureCode.INVALID_ARGUMENT,
                            wrong.problems().getFirst().message(),
                            wrong.problems().getFirst().line(),
                            wrong.problems().getFirst().column());
        };
    }

    private Compilation compile(String text, Descriptor input) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(
                new Source(text, input.getFullName()),
                source -> language.compile(source.text(), ExpressionResult.BOOL, input));
    }

    private static Finding found(
            Sample.Result result, String condition, String is, Outcome.Truth truth) {
        String values =
                truth.values().entrySet().stream()
                        .filter(value -> !value.getKey().equals(condition))
                        .map(value -> value.getKey() + " = " + value.getValue())
                        .collect(Collectors.joining(", "));
        String message = condition + " " + is + (values.isEmpty() ? "" : " (" + values + ")");
        return new Finding(result, message, truth.values(), "");
    }

    private static Finding broken(String field, Outcome outcome, Message facts) {
        return outcome instanceof Outcome.Failed failed
                ? Finding.error(
                        "%s cannot be evaluated: line %d, column %d: %s%s"
                                .formatted(
                                        field,
                                        failed.line(),
                                        failed.column(),
                                        failed.message(),
                                        failed.code() == FailureCode.MISSING_KEY
                                                ? present(facts)
                                                : ""))
                : Finding.error(field + " yields no condition");
    }

    /** A label that is missed was mistyped, or taken away by an aggregation. */
    private static String present(Message facts) {
        if (!(facts instanceof PrometheusFacts metric)) {
            return "";
        }
        String labels =
                metric.getSeriesList().stream()
                        .flatMap(series -> series.getLabelsMap().keySet().stream())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return labels.isEmpty()
                ? "; prometheus.query yields no labels: keep them, for example with sum by (...)"
                : "; the labels are " + labels;
    }
}
