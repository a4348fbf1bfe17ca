package dev.drover.cli;

import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.ResumePromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a rollout go on that somebody paused. */
@Command(
        name = "resume",
        description = "Let a rollout go on that somebody paused, and follow the promotion.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover resume first-prod"})
final class ResumeCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROMOTION",
            description = "Id or resource name of the promotion")
    String promotionName = "";

    @Option(
            names = {"--reason", "-reason"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Why")
    String reason = "";

    @Override
    ExitCode run(Connection gateway) {
        var stub = gateway.calling(PromotionServiceGrpc::newBlockingStub);
        String name = connection.names().promotion(promotionName);
        Promotion before =
                stub.getPromotion(GetPromotionRequest.newBuilder().setName(name).build());
        Promotion after =
                stub.resumePromotion(
                        ResumePromotionRequest.newBuilder()
                                .setName(name)
                                .setReason(reason)
                                .build());
        return new PromotionMonitor(gateway, output).after(before, after).follow(name);
    }
}
