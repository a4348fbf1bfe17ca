package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells in plain words what the type checker means, with the names that come nearest. */
final class TypeProblems {

    private static final Pattern UNDECLARED =
            Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");
    private static final Pattern NO_FIELD = Pattern.compile("undefined field '(.*)'");
    private static final Pattern NO_SELECTION =
            Pattern.compile("type '(.*)' does not support field selection");
    private static final Pattern NO_OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '(.*?)' applied to '(.*?)'(?: \\(candidates: (.*)\\))?");
    private static final Pattern NO_RANGE =
            Pattern.compile("expression of type '(.*?)' cannot be range .*");

    private final SourceText source;
    private final Nodes nodes;
    private final MessageTypes types;
    private final List<String> variables;

    private TypeProblems(SourceText source, CelAbstractSyntaxTree tree, Descriptor input) {
        this.source = source;
        this.nodes = Nodes.of(tree);
        this.types = new MessageTypes(nodes, input);
        this.variables = input.getFields().stream().map(FieldDescriptor::getName).toList();
    }

    static List<ExpressionProblem> of(
            SourceText source,
            CelAbstractSyntaxTree tree,
            List<CelIssue> issues,
            Descriptor input) {
        TypeProblems problems = new TypeProblems(source, tree, input);
        return withoutConsequences(issues).stream()
                .map(problems::problem)
                .sorted(
                        Comparator.comparingInt(ExpressionProblem::line)
                                .thenComparingInt(ExpressionProblem::column))
                .limit(Limits.PROBLEMS)
                .toList();
    }

    /** Where a loop is written wrong, its variable is unknown, too: that would only distract. */
    private static List<CelIssue> withoutConsequences(List<CelIssue> issues) {
        List<CelIssue> loops =
                issues.stream().filter(issue -> undeclaredLoop(issue.getMessage())).toList();
        return loops.isEmpty() ? issues : loops;
    }

    private static boolean undeclaredLoop(String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        return undeclared.matches() && FunctionNames.usageOfMacro(undeclared.group(1)).isPresent();
    }

    private ExpressionProblem problem(CelIssue issue) {
        Position position =
                new Position(
                        Math.max(1, issue.getSourceLocation().getLine()),
                        Math.max(1, issue.getSourceLocation().getColumn() + 1));
        Optional<CelExpr> node = nodes.find(issue.getExprId());
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), node, position);
        }
        Matcher noField = NO_FIELD.matcher(issue.getMessage());
        if (noField.matches()) {
            return ExpressionProblem.at(
                    source, source.nameAfterDot(position), unknownField(noField.group(1), node));
        }
        return ExpressionProblem.at(source, position, other(issue.getMessage(), position));
    }

    private ExpressionProblem undeclared(String name, Optional<CelExpr> node, Position position) {
        return node.filter(n -> n.getKind() == Kind.CALL).isPresent()
                ? ExpressionProblem.at(
                        source, source.startOfName(name, position), unknownFunction(name))
                : ExpressionProblem.at(source, position, unknownVariable(name));
    }

    private String unknownVariable(String name) {
        return "unknown variable `"
                + name
                + "`; "
                + NearestName.of(name, variables)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse(
                                "the variables are "
                                        + String.join(", ", variables)
                                        + "; text is written in quotes: \""
                                        + name
                                        + "\"");
    }

    private static String unknownFunction(String name) {
        return FunctionNames.usageOfMacro(name)
                .map(usage -> "`" + name + "` is written `" + usage + "`")
                .orElseGet(() ->
                        "unknown function `"
                                + name
                                + "`"
                                + FunctionNames.nearest(name)
                                        .map(near -> "; did you mean `" + near + "`?")
                                        .orElse(""));
    }

    private String unknownField(String name, Optional<CelExpr> node) {
        Optional<Descriptor> owner = node.flatMap(types::ofOperand);
        if (owner.isEmpty()) {
            return "there is no field `" + name + "`";
        }
        List<String> fields =
                owner.get().getFields().stream().map(FieldDescriptor::getName).toList();
        return "there is no field `"
                + name
                + "`; "
                + NearestName.of(name, fields)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("the fields are " + String.join(", ", fields));
    }

    private String other(String raw, Position position) {
        Matcher noOverload = NO_OVERLOAD.matcher(raw);
        if (noOverload.matches()) {
            return OperandProblems.ofLoop(
                            source.wordBefore(position), noOverload.group(1), noOverload.group(2))
                    .orElseGet(() ->
                            OperandProblems.message(
                                    noOverload.group(1),
                                    noOverload.group(2),
                                    Optional.ofNullable(noOverload.group(3))));
        }
        Matcher noSelection = NO_SELECTION.matcher(raw);
        if (noSelection.matches()) {
            return "a value of type " + TypeNames.readable(noSelection.group(1)) + " has no fields";
        }
        Matcher noRange = NO_RANGE.matcher(raw);
        if (noRange.matches()) {
            return "a loop runs over a list or a map, not over "
                    + TypeNames.readable(noRange.group(1));
        }
        return TypeNames.readable(raw);
    }
}
