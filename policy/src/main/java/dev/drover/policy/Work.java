package dev.drover.policy;

import com.google.protobuf.MessageLite;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of one evaluation in units, counted from values alone, so that it is the same on every
 * machine. A unit is at most some hundred nanoseconds; the evaluator walks through the whole of a
 * list that a function returns.
 */
final class Work {

    private static final int CHARACTERS_PER_UNIT = 16;
    private static final int ELEMENTS_PER_UNIT = 4;
    private static final int GROWING_ELEMENTS_PER_UNIT = 16;
    private static final int COMPARISONS_PER_UNIT = 256;
    private static final int GLOB_STEPS_PER_UNIT = 128;
    private static final int PATTERN_STEPS_PER_UNIT = 8;

    /** An exception takes as long as this. */
    private static final int UNITS_PER_FAILURE = 100;

    private final TreeFacts facts;
    private final Failures failures;
    private final Map<Long, Long> growing = new HashMap<>();
    private long units;

    Work(TreeFacts facts) {
        this.facts = facts;
        this.failures = new Failures(facts);
    }

    /**
     * Counts one node.
     *
     * @param values of the nodes before it, by id
     */
    void add(CelExpr node, Object value, Map<Long, Object> values) {
        units += 1 + UNITS_PER_FAILURE * failures.of(node);
        switch (value) {
            case String text -> addText(text);
            case MessageLite message -> units += message.getSerializedSize() / CHARACTERS_PER_UNIT;
            case Collection<?> list -> addElements(node, list, list.size(), values);
            case Map<?, ?> map -> addElements(node, map, map.size(), values);
            default -> {}
        }
        if (node.getKind() == Kind.CALL) {
            units += search(node, values);
        } else if (node.getKind() == Kind.COMPREHENSION) {
            growing.remove(node.comprehension().loopStep().id());
        }
        if (units > Limits.WORK) {
            throw LimitExceeded.work();
        }
    }

    private void addText(String text) {
        if (text.length() > Limits.TEXT_SIZE) {
            throw LimitExceeded.valueSize();
        }
        units += text.length() / CHARACTERS_PER_UNIT;
    }

    private void addElements(CelExpr node, Object value, int size, Map<Long, Object> values) {
        if (size > Limits.ELEMENTS) {
            throw LimitExceeded.valueSize();
        }
        if (isAccumulator(node)) {
            return;
        }
        boolean call = node.getKind() == Kind.CALL;
        if (call && node.call().args().stream().anyMatch(Work::isAccumulator)) {
            units += grow(node, values) / GROWING_ELEMENTS_PER_UNIT;
        } else {
            units +=
                    elements(value, Limits.WORK * (long) ELEMENTS_PER_UNIT)
                            / (call ? 1 : ELEMENTS_PER_UNIT);
        }
    }

    /**
     * The result of a loop is seen with every turn, but only what is new of it has to be counted.
     */
    private long grow(CelExpr node, Map<Long, Object> values) {
        long added = elements(values.get(node.call().args().getLast().id()), Limits.WORK);
        return growing.merge(node.id(), added, Long::sum);
    }

    private static boolean isAccumulator(CelExpr node) {
        return node.getKind() == Kind.IDENT && node.ident().name().startsWith("@");
    }

    /** Elements of a list or map and of those in it; counting ends soon after {@code most}. */
    private static long elements(@Nullable Object value, long most) {
        Collection<?> inner =
                switch (value) {
                    case Map<?, ?> map -> map.values();
                    case Collection<?> list -> list;
                    case null, default -> List.of();
                };
        long count = inner.size();
        for (Object element : inner) {
            if (count > most) {
                break;
            }
            if (element instanceof Collection || element instanceof Map) {
                count += elements(element, most - count);
            }
        }
        return count;
    }

    private long search(CelExpr node, Map<Long, Object> values) {
        CelCall call = node.call();
        return switch (call.function()) {
            case "matches" ->
                    length(call, 0, values)
                            * facts.patternSteps().getOrDefault(node.id(), 1)
                            / PATTERN_STEPS_PER_UNIT;
            case "glob" -> length(call, 0, values) * length(call, 1, values) / GLOB_STEPS_PER_UNIT;
            case "contains", "indexOf", "lastIndexOf", "split" ->
                    length(call, 0, values) * length(call, 1, values) / COMPARISONS_PER_UNIT;
            default -> 0;
        };
    }

    /** Of an operand: the receiver is the first. */
    private static long length(CelCall call, int index, Map<Long, Object> values) {
        int argument = call.target().isPresent() ? index - 1 : index;
        CelExpr operand = argument < 0 ? call.target().orElseThrow() : call.args().get(argument);
        return values.get(operand.id()) instanceof String text ? text.length() : 0;
    }
}
