package dev.drover.cli;

import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a promotion. */
@Command(
        name = "cancel",
        description = "Stop a promotion that waits or runs; what ran before is restored.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover cancel first-prod --reason 'wrong version'"})
final class CancelCommand extends ConnectionCommand {
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
        Promotion promotion =
                stub.cancelPromotion(
                        CancelPromotionRequest.newBuilder()
                                .setName(name)
                                .setReason(reason)
                                .build());
        if (output.json()) {
            output.print(promotion);
        } else {
            output.line(
                    "Cancelled "
                            + Names.id(promotion.getName())
                            + " ("
                            + promotion.getState()
                            + (promotion.getStateMessage().isEmpty()
                                    ? ""
                                    : ": " + promotion.getStateMessage())
                            + ")");
        }
        return ExitCode.DONE;
    }
}
