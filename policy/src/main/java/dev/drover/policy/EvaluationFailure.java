package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells in plain words what the evaluator means. */
final class EvaluationFailure {

    private static final Pattern MESSAGE =
            Pattern.compile(
                    "evaluation error(?: at <input>:(\\d+))?: (?:evaluation error: )?(.*)",
                    Pattern.DOTALL);
    private static final Pattern SELECTED_KEY =
            Pattern.compile("key '(.*)' is not present in map\\.", Pattern.DOTALL);
    private static final Pattern FUNCTION_FAILED =
            Pattern.compile("Function '.*?' failed with arg\\(s\\) '(.*)'", Pattern.DOTALL);

    private final CelAbstractSyntaxTree tree;
    private final int offset;
    private final String reason;

    private EvaluationFailure(CelAbstractSyntaxTree tree, CelEvaluationException failure) {
        String raw = String.valueOf(failure.getMessage());
        Matcher message = MESSAGE.matcher(raw);
        boolean known = message.matches();
        this.tree = tree;
        this.offset = known && message.group(1) != null ? Integer.parseInt(message.group(1)) : 0;
        this.reason = known ? message.group(2) : raw;
    }

    static Outcome.Failed of(
            CelEvaluationException failure, SourceText source, CelAbstractSyntaxTree tree) {
        EvaluationFailure told = new EvaluationFailure(tree, failure);
        Position position = source.position(told.offset);
        CelErrorCode code = failure.getErrorCode();
        return new Outcome.Failed(
                code(code), told.message(code), position.line(), position.column());
    }

    /** Functions report with INTERNAL_ERROR, too, that they cannot take an argument. */
    private static FailureCode code(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> FailureCode.MISSING_KEY;
            case INDEX_OUT_OF_BOUNDS -> FailureCode.INDEX_OUT_OF_RANGE;
            case DIVIDE_BY_ZERO -> FailureCode.DIVISION_BY_ZERO;
            case NUMERIC_OVERFLOW -> FailureCode.OVERFLOW;
            case INVALID_ARGUMENT, BAD_FORMAT, INTERNAL_ERROR, DUPLICATE_ATTRIBUTE ->
                    FailureCode.INVALID_ARGUMENT;
            case ITERATION_BUDGET_EXCEEDED -> FailureCode.LIMIT_EXCEEDED;
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> FailureCode.INTERNAL;
        };
    }

    private String message(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND ->
                    "%s has no key %s; test with `in` before you read it"
                            .formatted(container("the map"), ValueText.of(key()));
            case INDEX_OUT_OF_BOUNDS ->
                    "%s has no element %s"
                            .formatted(container("the list"), reason.replaceAll("[^-0-9]", ""));
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "a number is too large or too small: " + reason;
            case ITERATION_BUDGET_EXCEEDED -> LimitExceeded.work().reason();
            case INVALID_ARGUMENT, BAD_FORMAT, INTERNAL_ERROR, DUPLICATE_ATTRIBUTE -> refused();
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> reason;
        };
    }

    private String refused() {
        Matcher function = FUNCTION_FAILED.matcher(reason);
        String why = function.matches() ? "fails with " + function.group(1) : reason;
        return textAt(node -> node.getKind() == Kind.CALL)
                .map(call -> "`" + call + "`: " + why)
                .orElse(why);
    }

    /** An index reports the bare key, a selected field a sentence. */
    private String key() {
        Matcher sentence = SELECTED_KEY.matcher(reason);
        return sentence.matches() ? sentence.group(1) : reason;
    }

    private String container(String unknown) {
        return nodeAt(node -> node.getKind() == Kind.SELECT || isIndex(node))
                .map(node ->
                        node.getKind() == Kind.SELECT
                                ? node.select().operand()
                                : node.call().args().get(0))
                .map(node -> "`" + new ExpressionText(tree).of(node) + "`")
                .orElse(unknown);
    }

    private Optional<String> textAt(Predicate<CelExpr> kind) {
        return nodeAt(kind).map(node -> new ExpressionText(tree).of(node));
    }

    private Optional<CelExpr> nodeAt(Predicate<CelExpr> kind) {
        return Nodes.all(tree)
                .filter(node ->
                        Integer.valueOf(offset)
                                .equals(tree.getSource().getPositionsMap().get(node.id())))
                .filter(kind)
                .findFirst();
    }

    private static boolean isIndex(CelExpr node) {
        return node.callOrDefault().function().equals(Operator.INDEX.getFunction());
    }
}
