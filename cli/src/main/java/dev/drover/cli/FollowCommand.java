package dev.drover.cli;

import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Comes back to a promotion. */
@Command(
        name = "follow",
        description = "Follow a promotion until it is done or waits for somebody.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover follow first-prod --project shop",
            "  drover follow projects/shop/promotions/first-prod -o json"
        })
final class FollowCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROMOTION",
            description = "Id or resource name of the promotion")
    String promotionName = "";

    @Override
    ExitCode run(Connection gateway) {
        String name = connection.names().promotion(promotionName);
        // A name that does not exist and a gateway that does not answer are told at once.
        Promotion found =
                gateway.calling(PromotionServiceGrpc::newBlockingStub)
                        .getPromotion(GetPromotionRequest.newBuilder().setName(name).build());
        return new PromotionMonitor(gateway, output).follow(found, false);
    }
}
