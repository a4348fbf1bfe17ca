package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes of a syntax tree by id. */
final class Nodes {

    private final Map<Long, CelExpr> byId;

    private Nodes(Map<Long, CelExpr> byId) {
        this.byId = byId;
    }

    static Nodes of(CelAbstractSyntaxTree tree) {
        return new Nodes(
                all(tree)
                        .collect(
                                Collectors.toMap(
                                        CelExpr::id,
                                        Function.identity(),
                                        (first, second) -> first)));
    }

    static Stream<CelExpr> all(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr);
    }

    Optional<CelExpr> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    Stream<CelExpr> all() {
        return byId.values().stream();
    }
}
