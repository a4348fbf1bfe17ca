package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.RetryPromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Promotes again after a failure. */
@Command(
        name = "retry",
        description = "Promote the release of a promotion that did not succeed again.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover retry first-prod --reason 'the node is back'"})
final class RetryCommand extends ConnectionCommand {
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

    @Option(
            names = {"--detach", "-detach"},
            description = "Do not follow it")
    boolean detach;

    @Override
    ExitCode run(Connection gateway) {
        var stub = gateway.calling(PromotionServiceGrpc::newBlockingStub);
        String name = connection.names().promotion(promotionName);
        Promotion again =
                stub.retryPromotion(
                        RetryPromotionRequest.newBuilder().setName(name).setReason(reason).build());
        return new PromotionMonitor(gateway, output).follow(again, detach);
    }
}
