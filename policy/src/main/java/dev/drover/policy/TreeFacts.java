package dev.drover.policy;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trace must know of the tree before it runs.
 *
 * @param loopSteps ids of the nodes that are evaluated once for each turn of a loop
 * @param patternSteps by the id of a call of {@code matches}: instructions of its pattern
 * @param partsOf by the id of an {@code &&} or {@code ||}: the ids of its parts
 * @param parts ids of all these parts
 */
record TreeFacts(
        Set<Long> loopSteps,
        Map<Long, Integer> patternSteps,
        Map<Long, List<Long>> partsOf,
        Set<Long> parts) {

    private static final Set<String> GO_ON =
            Set.of(Operator.LOGICAL_AND.getFunction(), Operator.LOGICAL_OR.getFunction());

    /** Of a tree whose patterns are literals that compile. */
    static TreeFacts of(CelAbstractSyntaxTree tree) {
        Set<Long> steps =
                Nodes.all(tree)
                        .filter(node -> node.getKind() == Kind.COMPREHENSION)
                        .map(node -> node.comprehension().loopStep().id())
                        .collect(Collectors.toUnmodifiableSet());
        Map<Long, Integer> patterns =
                Nodes.all(tree)
                        .filter(node -> node.callOrDefault().function().equals("matches"))
                        .collect(
                                Collectors.toUnmodifiableMap(CelExpr::id, TreeFacts::patternSteps));
        Map<Long, List<Long>> partsOf =
                Nodes.all(tree)
                        .filter(node -> GO_ON.contains(node.callOrDefault().function()))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        CelExpr::id,
                                        node ->
                                                node.call().args().stream()
                                                        .map(CelExpr::id)
                                                        .toList()));
        Set<Long> parts =
                partsOf.values().stream()
                        .flatMap(List::stream)
                        .collect(Collectors.toUnmodifiableSet());
        return new TreeFacts(steps, patterns, partsOf, parts);
    }

    private static int patternSteps(CelExpr matches) {
        return Pattern.compile(matches.call().args().getLast().constant().stringValue())
                .programSize();
    }
}
