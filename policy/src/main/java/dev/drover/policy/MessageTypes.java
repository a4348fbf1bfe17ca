package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Optional;

/**
 * The message types of the parts of a tree that did not pass the checker: it keeps no types where
 * it finds a mistake, and a suggestion needs to know which fields there are.
 */
final class MessageTypes {

    /** A value of a field: all of it, or one element of a list or one value of a map. */
    private record Shape(FieldDescriptor field, boolean element) {

        Optional<Descriptor> message() {
            if (!element) {
                return Optional.empty();
            }
            FieldDescriptor value =
                    field.isMapField() ? field.getMessageType().findFieldByName("value") : field;
            return value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    ? Optional.of(value.getMessageType())
                    : Optional.empty();
        }

        Optional<Shape> one() {
            return element ? Optional.empty() : Optional.of(new Shape(field, true));
        }
    }

    private final Nodes nodes;
    private final Descriptor input;

    MessageTypes(Nodes nodes, Descriptor input) {
        this.nodes = nodes;
        this.input = input;
    }

    /** The type of what a field is selected from, or of the message that is made. */
    Optional<Descriptor> ofOperand(CelExpr node) {
        return node.getKind() == Kind.SELECT
                ? shape(node.select().operand()).flatMap(Shape::message)
                : Optional.empty();
    }

    private Optional<Shape> shape(CelExpr node) {
        return switch (node.getKind()) {
            case IDENT -> ident(node.ident().name());
            case SELECT -> selected(node);
            case CALL ->
                    node.call().function().equals(Operator.INDEX.getFunction())
                            ? shape(node.call().args().get(0)).flatMap(Shape::one)
                            : Optional.empty();
            case NOT_SET, CONSTANT, LIST, STRUCT, MAP, COMPREHENSION -> Optional.empty();
        };
    }

    private Optional<Shape> selected(CelExpr node) {
        Optional<Shape> operand = shape(node.select().operand());
        if (operand.isPresent() && !operand.get().element() && operand.get().field().isMapField()) {
            return operand.get().one();
        }
        return operand.flatMap(Shape::message)
                .map(message -> message.findFieldByName(node.select().field()))
                .map(field -> new Shape(field, !field.isRepeated()));
    }

    private Optional<Shape> ident(String name) {
        Optional<CelExpr> loop =
                nodes.all()
                        .filter(node -> node.getKind() == Kind.COMPREHENSION)
                        .filter(node -> node.comprehension().iterVar().equals(name))
                        .findFirst();
        if (loop.isPresent()) {
            return shape(loop.get().comprehension().iterRange())
                    .filter(range -> !range.field().isMapField())
                    .flatMap(Shape::one);
        }
        return Optional.ofNullable(input.findFieldByName(name))
                .map(field -> new Shape(field, !field.isRepeated()));
    }
}
