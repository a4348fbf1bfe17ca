package dev.drover.cli;

import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Halts a rollout where it is. */
@Command(
        name = "pause",
        description = "Halt a rollout where it is; Nomad's progress deadline goes on.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover pause first-prod --reason 'the graphs look odd'"})
final class PauseCommand extends ConnectionCommand {
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
                stub.pausePromotion(
                        PausePromotionRequest.newBuilder().setName(name).setReason(reason).build());
        if (output.json()) {
            output.print(promotion);
        } else {
            output.line(
                    "Paused "
                            + Names.id(promotion.getName())
                            + "; drover resume "
                            + Names.id(promotion.getName())
                            + " lets it go on");
        }
        return ExitCode.DONE;
    }
}
