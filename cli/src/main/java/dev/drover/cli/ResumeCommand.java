package dev.drover.cli;

import dev.drover.v1.ResumePromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a rollout go on that somebody paused. */
@Command(
        name = "resume",
        description = "Let a rollout go on that somebody paused, and follow the promotion.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover resume first-prod"})
final class ResumeCommand extends PromotionCommand {
    @Mixin final OptionalReason reason = new OptionalReason();

    @Override
    ExitCode run(Connection gateway) {
        return follow(
                gateway,
                stub ->
                        stub.resumePromotion(
                                ResumePromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build()));
    }
}
