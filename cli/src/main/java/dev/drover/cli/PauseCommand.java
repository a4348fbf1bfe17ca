package dev.drover.cli;

import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Halts a rollout where it is. */
@Command(
        name = "pause",
        description = "Halt a rollout where it is; Nomad's progress deadline goes on.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover pause first-prod --reason 'the graphs look odd'"})
final class PauseCommand extends PromotionCommand {
    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Promotion promotion =
                promotions(gateway)
                        .pausePromotion(
                                PausePromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build());
        String id = Names.id(promotion.getName());
        return done(promotion, "Paused %s; drover resume %s lets it go on".formatted(id, id));
    }
}
