package dev.drover.cli;

import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what stands between a release and an environment. */
@Command(
        name = "explain",
        description = {
            "Tell what stands between a release and an environment.",
            "Or what holds a promotion that exists. Changes nothing. Exit status: 0 it could",
            "run, 2 it would need approval, 3 it would be blocked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover explain storefront/1.4.2 prod --project shop",
            "  drover explain storefront/1.4.2 prod --plan",
            "  drover explain first-prod"
        })
final class ExplainCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION/RELEASE|PROMOTION",
            description = "A release (with an environment), or an existing promotion")
    String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "ENVIRONMENT",
            description = "For example prod")
    String environment = "";

    @Option(
            names = {"--plan", "-plan"},
            description = "Show the plan too")
    boolean plan;

    @Override
    ExitCode run(Connection gateway) {
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
