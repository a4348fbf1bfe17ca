package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.RetryPromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Promotes again after a failure. */
@Command(
        name = "retry",
        description = "Promote the release of a promotion that did not succeed again.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover retry first-prod --reason 'the node is back'"})
final class RetryCommand extends PromotionCommand {
    @Mixin final OptionalReason reason = new OptionalReason();

    @Option(
            names = {"--detach", "-detach"},
            description = "Do not follow it")
    boolean detach;

    @Override
    ExitCode run(Connection gateway) {
        Promotion again =
                promotions(gateway)
                        .retryPromotion(
                                RetryPromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build());
        return new PromotionMonitor(gateway, output).follow(again, detach);
    }
}
