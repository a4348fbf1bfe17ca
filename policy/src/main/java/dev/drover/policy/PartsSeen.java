package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps what each part of an expression came to during one evaluation. */
final class PartsSeen implements CelEvaluationListener {

    private final CelEvaluationListener first;
    private final Map<Long, Object> values = new HashMap<>();
    private final Set<Long> wereTrue = new HashSet<>();
    private final Set<Long> wereFalse = new HashSet<>();

    /**
     * @param first who hears of each node before
     */
    PartsSeen(CelEvaluationListener first) {
        this.first = first;
    }

    @Override
    public void callback(CelExpr node, Object value) {
        first.callback(node, value);
        values.put(node.id(), value);
        if (Boolean.TRUE.equals(value)) {
            wereTrue.add(node.id());
        } else if (Boolean.FALSE.equals(value)) {
            wereFalse.add(node.id());
        }
    }

    List<Inspection.Part> parts(
            CelAbstractSyntaxTree tree, SourceText source, ExpressionText text) {
        List<Inspection.Part> parts = new ArrayList<>();
        new Walk(tree, source, text, parts).visit(tree.getExpr(), 0);
        return parts;
    }

    private final class Walk {

        private final CelAbstractSyntaxTree tree;
        private final SourceText source;
        private final ExpressionText text;
        private final List<Inspection.Part> parts;

        Walk(
                CelAbstractSyntaxTree tree,
                SourceText source,
                ExpressionText text,
                List<Inspection.Part> parts) {
            this.tree = tree;
            this.source = source;
            this.text = text;
            this.parts = parts;
        }

        void visit(CelExpr node, int depth) {
            if (node.getKind() != Kind.IDENT && node.getKind() != Kind.CONSTANT) {
                parts.add(part(node, depth));
            }
            switch (node.getKind()) {
                case SELECT -> visit(node.select().operand(), depth + 1);
                case CALL -> {
                    node.call().target().ifPresent(target -> visit(target, depth + 1));
                    node.call().args().forEach(argument -> visit(argument, depth + 1));
                }
                case LIST -> node.list().elements().forEach(element -> visit(element, depth + 1));
                case MAP ->
                        node.map()
                                .entries()
                                .forEach(entry -> {
                                    visit(entry.key(), depth + 1);
                                    visit(entry.value(), depth + 1);
                                });
                case COMPREHENSION -> loop(node.comprehension(), depth + 1);
                case IDENT, STRUCT, CONSTANT, NOT_SET -> {}
            }
        }

        private void loop(CelComprehension loop, int depth) {
            visit(loop.iterRange(), depth);
            body(loop.loopStep(), depth);
        }

        /** Of what a macro makes of a loop, those parts that somebody wrote. */
        private void body(CelExpr step, int depth) {
            if (step.getKind() == Kind.CALL && mentionsResult(step)) {
                step.call().args().forEach(argument -> body(argument, depth));
            } else if (step.getKind() == Kind.LIST && !written(step)) {
                step.list().elements().forEach(element -> visit(element, depth));
            } else if (!isResult(step)) {
                visit(step, depth);
            }
        }

        /** A list that a macro makes around an element stands where the macro itself stands. */
        private boolean written(CelExpr node) {
            int offset = offset(node);
            return offset < source.text().length() && source.text().codePointAt(offset) == '[';
        }

        private Inspection.Part part(CelExpr node, int depth) {
            Position position = source.position(offset(node));
            Object value = values.get(node.id());
            return new Inspection.Part(
                    text.of(node),
                    depth,
                    position.line(),
                    position.column(),
                    tree.getType(node.id()).filter(SimpleType.BOOL::equals).isPresent(),
                    value == null ? "" : ValueText.of(value),
                    value != null,
                    wereTrue.contains(node.id()),
                    wereFalse.contains(node.id()));
        }

        private int offset(CelExpr node) {
            return tree.getSource().getPositionsMap().getOrDefault(node.id(), 0);
        }
    }

    private static boolean mentionsResult(CelExpr node) {
        return node.call().args().stream()
                .anyMatch(argument ->
                        isResult(argument)
                                || (argument.getKind() == Kind.CALL
                                        && argument.call()
                                                .function()
                                                .equals(Operator.ADD.getFunction())
                                        && mentionsResult(argument)));
    }

    private static boolean isResult(CelExpr node) {
        return node.getKind() == Kind.IDENT && node.ident().name().startsWith("@");
    }
}
