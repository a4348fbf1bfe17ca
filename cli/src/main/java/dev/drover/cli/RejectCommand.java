package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.RejectPromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says no to a promotion. */
@Command(
        name = "reject",
        description = "Say no to a promotion; it ends.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover reject first-prod --reason 'not before the sale'"})
final class RejectCommand extends ConnectionCommand {
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
                stub.rejectPromotion(
                        RejectPromotionRequest.newBuilder()
                                .setName(name)
                                .setReason(reason)
                                .build());
        if (output.json()) {
            output.print(promotion);
        } else {
            output.line("Rejected " + Names.id(promotion.getName()));
        }
        return ExitCode.DONE;
    }
}
