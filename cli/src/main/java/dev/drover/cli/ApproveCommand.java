package dev.drover.cli;

import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Approves exactly the plan that was seen. */
@Command(
        name = "approve",
        description = {
            "Approve one plan of a promotion, by its digest.",
            "Without --digest the plan is shown and nothing is approved."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover approve first-prod            # shows the plan and its digest",
            "  drover approve first-prod --digest 3f9a... --comment 'looks good' --follow"
        })
final class ApproveCommand extends PromotionCommand {
    @Option(
            names = {"--digest", "-digest"},
            defaultValue = "",
            paramLabel = "SHA256",
            description = "The digest of the plan that you have seen")
    String digest = "";

    @Option(
            names = {"--comment", "-comment"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "What you have to say about it")
    String comment = "";

    @Option(
            names = {"--follow", "-follow"},
            description = "Follow the promotion afterwards")
    boolean follow;

    @Override
    ExitCode run(Connection gateway) {
        Promotion seen = read(gateway);
        if (digest.isEmpty()) {
            new PromotionText(output).plan(seen);
            throw new CliException(unread(seen));
        }
        Promotion approved =
                promotions(gateway)
                        .approvePromotion(
                                ApprovePromotionRequest.newBuilder()
                                        .setName(name())
                                        .setEtag(seen.getEtag())
                                        .setPlanDigest(digest)
                                        .setComment(comment)
                                        .build());
        if (follow) {
            return new PromotionMonitor(gateway, output).after(seen, approved).follow(name());
        }
        return done(
                approved,
                "Approved plan %s of %s"
                        .formatted(
                                digest.substring(0, Math.min(12, digest.length())),
                                Names.id(name())));
    }

    private static String unread(Promotion seen) {
        return seen.getState() == Promotion.State.PENDING_APPROVAL
                ? "nothing was approved: read the plan above, then add --digest "
                        + seen.getPlan().getDigest()
                : "nothing was approved: the promotion is "
                        + seen.getState()
                        + " and waits for no approval";
    }
}
