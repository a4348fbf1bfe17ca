package dev.drover.cli;

import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a rollout that is under way and brings back what ran before. */
@Command(
        name = "abort",
        description = "Stop a rollout, bring back what ran before, and follow it.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover abort first-prod --reason 'error rate is up'"})
final class AbortCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROMOTION",
            description = "Id or resource name of the promotion")
    String promotionName = "";

    @Option(
            names = {"--reason", "-reason"},
            required = true,
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
                stub.abortPromotion(
                        AbortPromotionRequest.newBuilder().setName(name).setReason(reason).build());
        return new PromotionMonitor(gateway, output).after(before, after).follow(name);
    }
}
