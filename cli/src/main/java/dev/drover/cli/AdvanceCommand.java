package dev.drover.cli;

import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a phase go on that waits for a person, or for the end of its bake time. */
@Command(
        name = "advance",
        description =
                "Let a phase go on that waits for a person or bakes, and follow the promotion.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover advance first-prod --reason 'error rate is flat'"})
final class AdvanceCommand extends ConnectionCommand {
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
        Promotion advanced =
                stub.advancePromotion(
                        AdvancePromotionRequest.newBuilder()
                                .setName(name)
                                .setReason(reason)
                                .build());
        return new PromotionMonitor(gateway, output).after(before, advanced).follow(name);
    }
}
