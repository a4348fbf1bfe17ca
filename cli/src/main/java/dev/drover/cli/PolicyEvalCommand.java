package dev.drover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.policy.Compilation;
import dev.drover.policy.CompiledExpression;
import dev.drover.policy.ExpressionProblem;
import dev.drover.policy.Inspection;
import dev.drover.policy.Outcome;
import dev.drover.policy.PolicyLanguage;
import dev.drover.v1.DecisionServiceGrpc;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.ReplayDecisionRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates an expression, part by part. */
@Command(
        name = "eval",
        description = {
            "Evaluate an expression and each of its parts.",
            "Over what the rules saw of a promotion when it was decided, or over a file with",
            "an input as tests of policies give it; then no gateway is asked. An expression",
            "of a rule yields true or false, that of a message yields text. Exit status: 0 it",
            "has a value, 1 it is wrong, 3 it cannot be evaluated, which counts as a no."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy eval 'plan.stop == 0' --promotion storefront-prod-1",
            "  drover policy eval 'plan.images.all(i, i.tag != \"latest\")' --input input.yaml",
            "  drover policy eval 'string(plan.place)' --input input.yaml -o json"
        })
final class PolicyEvalCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "EXPRESSION",
            description = "The expression; - is standard input")
    String expression = "";

    @Option(
            names = {"--promotion", "-promotion"},
            paramLabel = "PROMOTION",
            description = "Over what the rules saw of this promotion")
    @Nullable String promotion;

    @Option(
            names = {"--input", "-input"},
            paramLabel = "FILE",
            description = "Over the variables in this file, YAML or JSON; - is standard input")
    @Nullable String input;

    @Option(
            names = {"--number", "-number"},
            defaultValue = "0",
            paramLabel = "NUMBER",
            description = "Which decision about the promotion, from 1. Default: the last")
    long number;

    @Override
    ExitCode run(Connection gateway) {
        if ((promotion == null) == (input == null)) {
            throw new CliException("needs one of --promotion PROMOTION and --input FILE");
        }
        if (expression.equals("-") && "-".equals(input)) {
            throw new CliException("only one of expression and input can be standard input");
        }
        String text = expression.equals("-") ? InputFile.read("the expression", "-") : expression;
        CompiledExpression compiled = compiled(text.strip());
        Inspection inspection = compiled.inspect(input(gateway));
        if (output.json()) {
            print(inspection);
        } else {
            tell(inspection);
        }
        return inspection.outcome() instanceof Outcome.Failed ? ExitCode.BLOCKED : ExitCode.DONE;
    }

    private PolicyInput input(Connection gateway) {
        if (input != null) {
            return PolicyInputFile.read(input);
        }
        String name = connection.names().promotion(String.valueOf(promotion));
        return gateway.calling(DecisionServiceGrpc::newBlockingStub)
                .replayDecision(
                        ReplayDecisionRequest.newBuilder()
                                .setPromotion(name)
                                .setNumber(number)
                                .build())
                .getInput()
                .getVariables();
    }

    /** A condition; or else a text, whose mistakes are told where it is neither. */
    private static CompiledExpression compiled(String text) {
        PolicyLanguage language = new PolicyLanguage();
        Compilation condition = language.compile(text, ExpressionResult.BOOL);
        Compilation message = language.compile(text, ExpressionResult.STRING);
        return condition
                .compiled()
                .or(message::compiled)
                .orElseThrow(() -> new CliException(told(condition.problems())));
    }

    private static String told(List<ExpressionProblem> problems) {
        return problems.stream()
                .map(problem ->
                        "line %d, column %d: %s%n%s"
                                .formatted(
                                        problem.line(),
                                        problem.column(),
                                        problem.message(),
                                        problem.excerpt().indent(4).stripTrailing()))
                .collect(Collectors.joining("\n"));
    }

    private void tell(Inspection inspection) {
        switch (inspection.outcome()) {
            case Outcome.Truth truth -> output.line(Boolean.toString(truth.value()));
            case Outcome.Text text -> output.line(text.value());
            case Outcome.Failed failed ->
                    output.line(
                            "cannot be evaluated, which counts as a no: line %d, column %d: %s"
                                    .formatted(failed.line(), failed.column(), failed.message()));
        }
        for (Inspection.Part part : inspection.parts()) {
            output.line(
                    "  ".repeat(part.depth() + 1)
                            + part.text()
                            + (part.seen() ? " = " + part.value() : " was not evaluated")
                            + (part.seenTrue() && part.seenFalse()
                                    ? " (of several, true and false)"
                                    : ""));
        }
    }

    private void print(Inspection inspection) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (inspection.outcome()) {
            case Outcome.Truth truth -> json.put("value", truth.value());
            case Outcome.Text text -> json.put("value", text.value());
            case Outcome.Failed failed ->
                    json.putObject("failure")
                            .put("code", failed.code().name())
                            .put("message", failed.message())
                            .put("line", failed.line())
                            .put("column", failed.column());
        }
        ArrayNode parts = json.putArray("parts");
        for (Inspection.Part part : inspection.parts()) {
            ObjectNode one =
                    parts.addObject()
                            .put("part", part.text())
                            .put("depth", part.depth())
                            .put("line", part.line())
                            .put("column", part.column());
            if (part.seen()) {
                one.put("value", part.value());
            }
        }
        output.print(json);
    }
}
