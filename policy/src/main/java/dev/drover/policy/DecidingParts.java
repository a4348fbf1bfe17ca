package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the parts that decided a condition, and their operands: of {@code a && b} that is false
 * those of the two that are false, of a loop the turn that ended it.
 */
final class DecidingParts {

    private static final int ENTRIES = 24;
    private static final String AND = Operator.LOGICAL_AND.getFunction();
    private static final String OR = Operator.LOGICAL_OR.getFunction();
    private static final String NOT = Operator.LOGICAL_NOT.getFunction();
    private static final String CONDITIONAL = Operator.CONDITIONAL.getFunction();

    private final ExpressionText text;
    private final EvaluationTrace trace;
    private final Map<String, String> found = new LinkedHashMap<>();

    private DecidingParts(ExpressionText text, EvaluationTrace trace) {
        this.text = text;
        this.trace = trace;
    }

    /** The printed values by the text of the parts, in the order of the expression. */
    static Map<String, String> of(
            CelAbstractSyntaxTree tree, ExpressionText text, EvaluationTrace trace) {
        DecidingParts parts = new DecidingParts(text, trace);
        parts.condition(tree.getExpr());
        return parts.found;
    }

    private void condition(CelExpr node) {
        if (node.getKind() == Kind.COMPREHENSION) {
            loop(node);
            return;
        }
        if (node.getKind() != Kind.CALL) {
            value(node);
            return;
        }
        CelCall call = node.call();
        if (call.function().equals(AND) || call.function().equals(OR)) {
            parts(call, call.function().equals(AND), isTrue(node));
        } else if (call.function().equals(NOT)) {
            condition(call.args().getFirst());
        } else if (call.function().equals(CONDITIONAL)) {
            CelExpr test = call.args().getFirst();
            condition(test);
            condition(call.args().get(isTrue(test) ? 1 : 2));
        } else {
            value(node);
            operands(call);
        }
    }

    /** One false part decides a false AND, one true part a true OR; otherwise all parts did. */
    private void parts(CelCall call, boolean and, boolean result) {
        for (CelExpr part : call.args()) {
            boolean all = and == result;
            if (trace.value(part).isPresent() && (all || isTrue(part) == result)) {
                condition(part);
            }
        }
    }

    /**
     * The values in the body are those of the last turn: the one that ended {@code all} or {@code
     * exists} early.
     */
    private void loop(CelExpr node) {
        value(node);
        CelExpr step = node.comprehension().loopStep();
        if (step.getKind() == Kind.CALL && step.call().function().equals(isTrue(node) ? OR : AND)) {
            trace.lastElement(node).ifPresent(last -> put(node.comprehension().iterVar(), last));
            condition(step.call().args().get(1));
        } else {
            value(node.comprehension().iterRange());
        }
    }

    private void operands(CelCall call) {
        call.target().ifPresent(this::operand);
        call.args().forEach(this::operand);
    }

    private void operand(CelExpr node) {
        value(node);
        if (node.getKind() == Kind.CALL
                && !node.call().function().equals(Operator.INDEX.getFunction())) {
            operands(node.call());
        } else if (node.getKind() == Kind.COMPREHENSION) {
            value(node.comprehension().iterRange());
        }
    }

    private void value(CelExpr node) {
        if (!isLiteral(node)) {
            trace.value(node).ifPresent(known -> put(text.of(node), known));
        }
    }

    private void put(String part, Object value) {
        if (found.size() < ENTRIES) {
            found.putIfAbsent(part, ValueText.of(value));
        }
    }

    /**
     * Literals tell nothing that the expression does not: {@code ["a", "b"]}, {@code
     * duration("1h")}.
     */
    private static boolean isLiteral(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> true;
            case LIST -> node.list().elements().stream().allMatch(DecidingParts::isLiteral);
            case CALL ->
                    List.of("duration", "timestamp").contains(node.call().function())
                            && node.call().args().stream().allMatch(DecidingParts::isLiteral);
            case NOT_SET, IDENT, SELECT, STRUCT, MAP, COMPREHENSION -> false;
        };
    }

    private boolean isTrue(CelExpr node) {
        return trace.value(node).filter(Boolean.TRUE::equals).isPresent();
    }
}
