package dev.drover.cli;

import picocli.CommandLine.Command;

/** Comes back to a promotion. */
@Command(
        name = "follow",
        description = "Follow a promotion until it is done or waits for somebody.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover follow first-prod --project shop",
            "  drover follow projects/shop/promotions/first-prod -o json"
        })
final class FollowCommand extends PromotionCommand {
    @Override
    ExitCode run(Connection gateway) {
        // A name that does not exist and a gateway that does not answer are told at once.
        return new PromotionMonitor(gateway, output).follow(read(gateway), false);
    }
}
