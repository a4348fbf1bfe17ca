package dev.drover.cli;

import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a promotion. */
@Command(
        name = "cancel",
        description = "Stop a promotion that waits or runs; what ran before is restored.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover cancel first-prod --reason 'wrong version'"})
final class CancelCommand extends PromotionCommand {
    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Promotion promotion =
                promotions(gateway)
                        .cancelPromotion(
                                CancelPromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build());
        String why = promotion.getStateMessage();
        return done(
                promotion,
                "Cancelled %s (%s%s)"
                        .formatted(
                                Names.id(promotion.getName()),
                                promotion.getState(),
                                why.isEmpty() ? "" : ": " + why));
    }
}
