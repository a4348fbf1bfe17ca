package dev.drover.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees the value of every node of one evaluation: has its work counted, and keeps the last values
 * for the explanation.
 */
final class EvaluationTrace implements CelEvaluationListener {

    private final TreeFacts facts;
    private final Work work;
    private final Map<Long, Object> values = new HashMap<>();
    private final Map<Long, Integer> running = new HashMap<>();
    private final Map<Long, Integer> turns = new HashMap<>();
    private long lastNode;

    EvaluationTrace(TreeFacts facts) {
        this.facts = facts;
        this.work = new Work(facts);
    }

    @Override
    public void callback(CelExpr node, Object value) {
        lastNode = node.id();
        work.add(node, value, values);
        values.put(node.id(), value);
        if (!facts.loopSteps().isEmpty()) {
            countTurns(node);
        }
    }

    private void countTurns(CelExpr node) {
        if (node.getKind() == Kind.COMPREHENSION) {
            Integer counted = running.remove(node.comprehension().loopStep().id());
            turns.put(node.id(), counted == null ? 0 : counted);
        } else if (facts.loopSteps().contains(node.id())) {
            running.merge(node.id(), 1, Integer::sum);
        }
    }

    Optional<Object> value(CelExpr node) {
        return Optional.ofNullable(values.get(node.id()));
    }

    /** The element (of a map: the key) of the last turn of a loop, when the loop ran last. */
    Optional<Object> lastElement(CelExpr loop) {
        int turn = turns.getOrDefault(loop.id(), 0);
        Object range = values.get(loop.comprehension().iterRange().id());
        Collection<?> elements =
                range instanceof Map<?, ?> map
                        ? map.keySet()
                        : range instanceof Collection<?> list ? list : List.of();
        return elements.stream()
                .skip(Math.max(0, turn - 1))
                .limit(turn)
                .findFirst()
                .map(element -> element);
    }

    /** The node that was evaluated last: where the evaluation went over a limit. */
    long lastNode() {
        return lastNode;
    }
}
