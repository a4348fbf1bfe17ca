package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.WithdrawApprovalRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes back what the caller said of a plan. */
@Command(
        name = "withdraw",
        description = {
            "Take back your approval of a promotion, or your rejection where it is counted.",
            "Possible until the promotion runs. The word stays in its history."
        },
        footerHeading = "%nExamples:%n",
        footer = "  drover withdraw first-prod --reason 'the load test is not over'")
final class WithdrawCommand extends PromotionCommand {
    @Option(
            names = {"--reason", "-reason"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Why")
    String reason = "";

    @Override
    ExitCode run(Connection gateway) {
        Promotion withdrawn =
                promotions(gateway)
                        .withdrawApproval(
                                WithdrawApprovalRequest.newBuilder()
                                        .setName(name())
                                        .setReason(reason)
                                        .build());
        return done(withdrawn, "Withdrew what was said of " + Names.id(name()));
    }
}
