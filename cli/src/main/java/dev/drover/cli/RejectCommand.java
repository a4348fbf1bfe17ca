package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says no to a promotion. */
@Command(
        name = "reject",
        description = "Say no to a promotion; it ends.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover reject first-prod --reason 'not before the sale'"})
final class RejectCommand extends PromotionCommand {
    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Promotion promotion =
                promotions(gateway)
                        .rejectPromotion(
                                RejectPromotionRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason.text)
                                        .build());
        return done(promotion, "Rejected " + Names.id(promotion.getName()));
    }
}
