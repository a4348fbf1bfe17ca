package dev.drover.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserVisitor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes parts of one expression as text; each part once. */
final class ExpressionText {

    private static final int LONGEST = 200;

    private final CelAbstractSyntaxTree tree;
    private final Map<Long, String> written = new ConcurrentHashMap<>();

    ExpressionText(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    String of(CelExpr node) {
        return written.computeIfAbsent(node.id(), id -> shortened(new Writer(tree).unparse(node)));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
    }

    /** The unparser of the library puts texts in quotes without escaping what is in them. */
    private static final class Writer extends CelUnparserVisitor {

        Writer(CelAbstractSyntaxTree tree) {
            super(tree);
        }

        @Override
        protected void visit(CelExpr node, CelConstant constant) {
            if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
                stringBuilder.append(ValueText.quoted(constant.stringValue()));
            } else {
                super.visit(node, constant);
            }
        }
    }
}
