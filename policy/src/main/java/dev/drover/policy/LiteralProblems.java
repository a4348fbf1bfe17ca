package dev.drover.policy;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what the type checker lets pass although every evaluation would fail: bad patterns, zones,
 * timestamps, durations and numbers. Patterns must be literals: one that is put together at
 * evaluation could cost anything.
 */
final class LiteralProblems {

    private static final CelConstant ANY_TIME = CelConstant.ofValue("2000-01-01T00:00:00Z");

    private final SourceText source;
    private final CelAbstractSyntaxTree tree;

    private LiteralProblems(SourceText source, CelAbstractSyntaxTree tree) {
        this.source = source;
        this.tree = tree;
    }

    static List<ExpressionProblem> of(SourceText source, CelAbstractSyntaxTree tree) {
        LiteralProblems problems = new LiteralProblems(source, tree);
        return Nodes.all(tree)
                .filter(node -> node.getKind() == Kind.CALL)
                .flatMap(call -> Stream.concat(problems.ofCall(call), problems.ofOwn(call)))
                .limit(Limits.PROBLEMS)
                .toList();
    }

    private Stream<ExpressionProblem> ofCall(CelExpr call) {
        List<CelExpr> arguments = call.call().args();
        if (arguments.isEmpty()) {
            return Stream.empty();
        }
        CelExpr last = arguments.getLast();
        Optional<String> text = literal(last);
        String function = call.call().function();
        Optional<String> message =
                function.equals("matches")
                        ? text.map(LiteralProblems::ofPattern)
                                .orElse(
                                        Optional.of(
                                                "the pattern of `matches` must be a text in quotes"))
                        : text.flatMap(value -> ofText(function, value, arguments.size()));
        return message.map(told -> ExpressionProblem.at(source, positionOf(last), told)).stream();
    }

    /** Of a function of Drover's own, every argument. */
    private Stream<ExpressionProblem> ofOwn(CelExpr call) {
        List<CelExpr> arguments = call.call().args();
        return IntStream.range(0, arguments.size())
                .boxed()
                .flatMap(i ->
                        literal(arguments.get(i))
                                .flatMap(text ->
                                        OwnFunctions.problem(
                                                call.call().function(), i, arguments.size(), text))
                                .map(told ->
                                        ExpressionProblem.at(
                                                source, positionOf(arguments.get(i)), told))
                                .stream());
    }

    private static Optional<String> ofText(String function, String text, int arguments) {
        if (arguments != 1) {
            return Optional.empty();
        }
        return switch (function) {
            case "duration" ->
                    fails(globalCall(function, text))
                            .map(e ->
                                    quote(text)
                                            + " is not a duration; write it like \"36h\", \"1h30m\" or \"90s\"");
            case "timestamp" ->
                    fails(globalCall(function, text))
                            .map(e ->
                                    quote(text)
                                            + " is not a timestamp; write it like \"2026-12-24T18:00:00Z\"");
            case "int", "uint", "double", "bool" ->
                    fails(globalCall(function, text))
                            .map(e -> quote(text) + " is not a value of type " + function);
            case "getFullYear",
                    "getMonth",
                    "getDate",
                    "getDayOfMonth",
                    "getDayOfWeek",
                    "getDayOfYear",
                    "getHours",
                    "getMinutes",
                    "getSeconds",
                    "getMilliseconds" ->
                    fails(zonedCall(function, text)).map(e -> LocalHours.unknownZone(text));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofPattern(String pattern) {
        if (pattern.length() > Limits.PATTERN_SIZE) {
            return Optional.of(
                    "the pattern has "
                            + pattern.length()
                            + " characters; the limit is "
                            + Limits.PATTERN_SIZE);
        }
        try {
            int size = Pattern.compile(pattern).programSize();
            return size <= Limits.PATTERN_PROGRAM
                    ? Optional.empty()
                    : Optional.of(
                            "the pattern needs "
                                    + size
                                    + " steps, with its repetitions written out; the limit is "
                                    + Limits.PATTERN_PROGRAM);
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    "the pattern is not a regular expression of RE2: "
                            + e.getDescription()
                            + (e.getPattern().isEmpty() ? "" : " at `" + e.getPattern() + "`"));
        }
    }

    private static Optional<CelEvaluationException> fails(CelExpr call) {
        CelSource nowhere = CelSource.newBuilder().build();
        try {
            Objects.requireNonNull(
                    CelEnvironment.policy()
                            .cel()
                            .createProgram(CelAbstractSyntaxTree.newParsedAst(call, nowhere))
                            .eval());
            return Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.of(e);
        }
    }

    private static CelExpr globalCall(String function, String text) {
        CelExpr argument = CelExpr.ofConstant(2, CelConstant.ofValue(text));
        return CelExpr.ofCall(1, Optional.empty(), function, ImmutableList.of(argument));
    }

    private static CelExpr zonedCall(String function, String zone) {
        CelExpr time =
                CelExpr.ofCall(
                        3,
                        Optional.empty(),
                        "timestamp",
                        ImmutableList.of(CelExpr.ofConstant(4, ANY_TIME)));
        CelExpr argument = CelExpr.ofConstant(2, CelConstant.ofValue(zone));
        return CelExpr.ofCall(1, Optional.of(time), function, ImmutableList.of(argument));
    }

    private static Optional<String> literal(CelExpr node) {
        return node.getKind() == Kind.CONSTANT
                        && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(node.constant().stringValue())
                : Optional.empty();
    }

    private Position positionOf(CelExpr node) {
        return source.position(tree.getSource().getPositionsMap().getOrDefault(node.id(), 0));
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}
