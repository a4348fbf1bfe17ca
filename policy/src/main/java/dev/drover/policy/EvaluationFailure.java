package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells in plain words what the evaluator means. */
final class EvaluationFailure {

    private static final Pattern MESSAGE =
            Pattern.compile("evaluation error(?: at .*?:(\\d+))?: (.*)", Pattern.DOTALL);

    private static final Pattern SELECTED_KEY =
            Pattern.compile("key '(.*)' is not present in map\\.");

    private EvaluationFailure() {}

    static Outcome.Failed of(
            CelEvaluationException failure,
            SourceText source,
            CelAbstractSyntaxTree tree,
            EvaluationTrace trace) {
        String raw = String.valueOf(failure.getMessage());
        Matcher message = MESSAGE.matcher(raw);
        boolean known = message.matches();
        int offset = known && message.group(1) != null ? Integer.parseInt(message.group(1)) : 0;
        String reason = known ? message.group(2) : raw;
        Position position = source.position(offset);
        return new Outcome.Failed(
                code(failure.getErrorCode()),
                message(failure.getErrorCode(), reason, new Place(tree, trace, offset)),
                position.line(),
                position.column());
    }

    /** Where it failed. */
    private record Place(CelAbstractSyntaxTree tree, EvaluationTrace trace, int offset) {

        /** The text of the map or list that an index looked into. */
        Optional<String> container() {
            return Nodes.all(tree)
                    .filter(node ->
                            Integer.valueOf(offset)
                                    .equals(tree.getSource().getPositionsMap().get(node.id())))
                    .flatMap(node -> container(node).stream())
                    .map(node -> new ExpressionText(tree).of(node))
                    .findFirst();
        }

        private static Optional<CelExpr> container(CelExpr node) {
            if (node.getKind() == Kind.SELECT) {
                return Optional.of(node.select().operand());
            }
            return node.getKind() == Kind.CALL
                            && node.call().function().equals(Operator.INDEX.getFunction())
                    ? Optional.of(node.call().args().get(0))
                    : Optional.empty();
        }
    }

    private static FailureCode code(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> FailureCode.MISSING_KEY;
            case INDEX_OUT_OF_BOUNDS -> FailureCode.INDEX_OUT_OF_RANGE;
            case DIVIDE_BY_ZERO -> FailureCode.DIVISION_BY_ZERO;
            case NUMERIC_OVERFLOW -> FailureCode.OVERFLOW;
            case INVALID_ARGUMENT, BAD_FORMAT -> FailureCode.INVALID_ARGUMENT;
            case ITERATION_BUDGET_EXCEEDED -> FailureCode.LIMIT_EXCEEDED;
            case INTERNAL_ERROR,
                    DUPLICATE_ATTRIBUTE,
                    OVERLOAD_NOT_FOUND,
                    AMBIGUOUS_OVERLOAD,
                    TYPE_NOT_FOUND ->
                    FailureCode.INTERNAL;
        };
    }

    private static String message(CelErrorCode code, String reason, Place place) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND ->
                    place.container()
                                    .map(map -> "`" + map + "` has no key ")
                                    .orElse("there is no key ")
                            + "\""
                            + key(reason)
                            + "\"; test with `in` before you read it";
            case INDEX_OUT_OF_BOUNDS ->
                    place.container()
                                    .map(list -> "`" + list + "` has no element ")
                                    .orElse("there is no element ")
                            + reason.replaceAll("\\D", "");
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "a number is too large or too small: " + reason;
            case ITERATION_BUDGET_EXCEEDED -> LimitExceeded.work().reason();
            case INVALID_ARGUMENT, BAD_FORMAT -> reason;
            case INTERNAL_ERROR,
                    DUPLICATE_ATTRIBUTE,
                    OVERLOAD_NOT_FOUND,
                    AMBIGUOUS_OVERLOAD,
                    TYPE_NOT_FOUND ->
                    reason;
        };
    }

    /** An index reports the bare key, a selected field a sentence. */
    private static String key(String reason) {
        Matcher sentence = SELECTED_KEY.matcher(reason);
        return sentence.matches() ? sentence.group(1) : reason;
    }
}
