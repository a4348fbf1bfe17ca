package dev.drover.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees the value of every node of one evaluation: counts the work, which depends on nothing but
 * expression and input, and keeps the last values for the explanation.
 */
final class EvaluationTrace implements CelEvaluationListener {

    private static final int SIZE_PER_UNIT = 16;
    private static final int STEPS_PER_UNIT = 256;
    private static final int UNITS_PER_MATCHED_CHARACTER = 2;

    private final Map<Long, Object> values = new HashMap<>();
    private final Set<Long> loopSteps;
    private final Map<Long, Integer> running = new HashMap<>();
    private final Map<Long, Integer> turns = new HashMap<>();
    private long work;
    private long lastNode;

    /**
     * @param loopSteps ids of the nodes that are evaluated once for each turn of a loop
     */
    EvaluationTrace(Set<Long> loopSteps) {
        this.loopSteps = loopSteps;
    }

    @Override
    public void callback(CelExpr node, Object value) {
        lastNode = node.id();
        int size = size(value);
        if (size > Limits.VALUE_SIZE) {
            throw LimitExceeded.valueSize();
        }
        work += 1 + (node.getKind() == Kind.CALL ? callWork(node.call()) : 0);
        if (size >= SIZE_PER_UNIT && !accumulates(node)) {
            work += size / SIZE_PER_UNIT;
        }
        if (work > Limits.WORK) {
            throw LimitExceeded.work();
        }
        values.put(node.id(), value);
        if (!loopSteps.isEmpty()) {
            countTurns(node);
        }
    }

    private void countTurns(CelExpr node) {
        if (node.getKind() == Kind.COMPREHENSION) {
            Integer counted = running.remove(node.comprehension().loopStep().id());
            turns.put(node.id(), counted == null ? 0 : counted);
        } else if (loopSteps.contains(node.id())) {
            running.merge(node.id(), 1, Integer::sum);
        }
    }

    /** The element (of a map: the key) of the last turn of a loop, when the loop ran last. */
    Optional<Object> lastElement(CelExpr loop) {
        int turn = turns.getOrDefault(loop.id(), 0);
        Object range = values.get(loop.comprehension().iterRange().id());
        Collection<?> elements =
                range instanceof Map<?, ?> map
                        ? map.keySet()
                        : range instanceof Collection<?> list ? list : List.of();
        return elements.stream().skip(Math.max(0, turn - 1)).limit(turn).findFirst().map(e -> e);
    }

    Optional<Object> value(CelExpr node) {
        return Optional.ofNullable(values.get(node.id()));
    }

    /** The node that was evaluated last: where the evaluation went over a limit. */
    long lastNode() {
        return lastNode;
    }

    /**
     * What a call costs beyond its operands and its result: searches compare each character with
     * each other one.
     */
    private long callWork(CelCall call) {
        if (call.target().isEmpty() || call.args().isEmpty()) {
            return 0;
        }
        long target = size(values.get(call.target().get().id()));
        long argument = size(values.get(call.args().get(0).id()));
        return switch (call.function()) {
            case "matches" -> target * UNITS_PER_MATCHED_CHARACTER;
            case "contains", "indexOf", "lastIndexOf", "split" ->
                    target * argument / STEPS_PER_UNIT;
            default -> 0;
        };
    }

    /**
     * Whether a node is the growing result of a loop: seen once for each turn, but made only once.
     */
    private static boolean accumulates(CelExpr node) {
        return switch (node.getKind()) {
            case IDENT -> node.ident().name().startsWith("@");
            case CALL -> node.call().args().stream().anyMatch(EvaluationTrace::accumulates);
            case NOT_SET, CONSTANT, SELECT, LIST, STRUCT, MAP, COMPREHENSION -> false;
        };
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> 0;
        };
    }
}
