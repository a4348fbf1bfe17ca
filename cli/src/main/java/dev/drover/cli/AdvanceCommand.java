package dev.drover.cli;

import dev.drover.v1.AdvancePromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a phase go on that waits for a person, or for the end of its bake time. */
@Command(
        name = "advance",
        description =
                "Let a phase go on that waits for a person or bakes, and follow the promotion.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover advance first-prod --reason 'error rate is flat'"})
final class AdvanceCommand extends PromotionCommand {
    @Mixin final OptionalReason reason = new OptionalReason();

    @Override
    ExitCode run(Connection gateway) {
        return follow(
                gateway,
                stub ->
                        stub.advancePromotion(
                                AdvancePromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build()));
    }
}
