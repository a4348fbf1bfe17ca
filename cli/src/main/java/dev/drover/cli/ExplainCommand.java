package dev.drover.cli;

import dev.drover.v1.EnvironmentExplanation;
import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.ExplainReleaseRequest;
import dev.drover.v1.ExplainReleaseResponse;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what stands between a release and an environment. */
@Command(
        name = "explain",
        description = {
            "Tell what stands between a release and an environment.",
            "Without an environment: each of its pipeline. Or what holds a promotion that",
            "exists. Changes nothing. Exit status: 0 it could run, 2 it would need approval,",
            "3 it would be blocked; of a pipeline that of the first environment in the way."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover explain storefront/1.4.2 prod --project shop",
            "  drover explain storefront/1.4.2 prod --plan",
            "  drover explain storefront/1.4.2",
            "  drover explain first-prod"
        })
final class ExplainCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION/RELEASE|PROMOTION",
            description = "A release, or an existing promotion")
    String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "ENVIRONMENT",
            description = "For example prod; without it all that the release is to go through")
    String environment = "";

    @Option(
            names = {"--plan", "-plan"},
            description = "Show the plan too")
    boolean plan;

    @Override
    ExitCode run(Connection gateway) {
        return environment.isEmpty() && subject.contains("/") && !subject.contains("/promotions/")
                ? everywhere(gateway)
                : one(gateway);
    }

    private ExitCode everywhere(Connection gateway) {
        ExplainReleaseResponse answer =
                gateway.calling(PromotionServiceGrpc::newBlockingStub)
                        .explainRelease(
                                ExplainReleaseRequest.newBuilder()
                                        .setName(connection.names().release(subject))
                                        .build());
        if (output.json()) {
            output.print(answer);
        } else {
            answer.getEnvironmentsList().forEach(this::tell);
        }
        return answer.getEnvironmentsList().stream()
                .filter(one -> !one.getRuns())
                .map(one ->
                        one.getProblem().isEmpty() ? ExitCode.of(one.getState()) : ExitCode.ERROR)
                .filter(status -> status != ExitCode.DONE)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private void tell(EnvironmentExplanation one) {
        String name = Names.id(one.getEnvironment());
        PromotionText text = new PromotionText(output);
        if (one.getRuns()) {
            text.say(name + ": it runs there");
        } else if (!one.getProblem().isEmpty()) {
            text.say(name + ": cannot be told: " + one.getProblem());
        } else {
            text.say(
                    name
                            + ": "
                            + PromotionText.state(
                                    one.getState(), one.getDecision(), one.getMessage()));
            text.decision(one.getDecision());
        }
    }

    private ExitCode one(Connection gateway) {
        ExplainPromotionResponse answer =
                gateway.calling(PromotionServiceGrpc::newBlockingStub).explainPromotion(request());
        if (output.json()) {
            output.print(answer);
        } else {
            PromotionText text = new PromotionText(output);
            text.say(
                    PromotionText.state(
                            answer.getState(), answer.getDecision(), answer.getMessage()));
            if (plan) {
                text.plan(answer.getPlan());
            }
            text.decision(answer.getDecision());
        }
        return ExitCode.of(answer.getState());
    }

    private ExplainPromotionRequest request() {
        ExplainPromotionRequest.Builder request = ExplainPromotionRequest.newBuilder();
        if (environment.isEmpty()) {
            return request.setName(connection.names().promotion(subject)).build();
        }
        String release = connection.names().release(subject);
        return request.setParent(Names.projectOf(release))
                .setRelease(release)
                .setEnvironment(connection.names().environment(environment))
                .build();
    }
}
