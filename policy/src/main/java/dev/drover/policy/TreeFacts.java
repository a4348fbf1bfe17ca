package dev.drover.policy;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trace must know of the tree before it runs.
 *
 * @param loopSteps ids of the nodes that are evaluated once for each turn of a loop
 * @param patternSteps by the id of a call of {@code matches}: instructions of its pattern
 */
record TreeFacts(Set<Long> loopSteps, Map<Long, Integer> patternSteps) {

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
        return new TreeFacts(steps, patterns);
    }

    private static int patternSteps(CelExpr matches) {
        return Pattern.compile(matches.call().args().getLast().constant().stringValue())
                .programSize();
    }
}
