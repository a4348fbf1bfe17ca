package dev.drover.cli;

import dev.drover.v1.AbortPromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a rollout that is under way and brings back what ran before. */
@Command(
        name = "abort",
        description = "Stop a rollout, bring back what ran before, and follow it.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover abort first-prod --reason 'error rate is up'"})
final class AbortCommand extends PromotionCommand {
    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        return follow(
                gateway,
                stub ->
                        stub.abortPromotion(
                                AbortPromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build()));
    }
}
