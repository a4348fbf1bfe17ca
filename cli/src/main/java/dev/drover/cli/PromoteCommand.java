package dev.drover.cli;

import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a promotion and follows it. */
@Command(
        name = "promote",
        description = {
            "Bring a release to an environment, and follow the promotion.",
            "It is followed until it is done or waits for somebody; Ctrl-C leaves it alone.",
            "With -detach it is only asked for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover promote storefront/1.4.2 prod --reason 'fixes the basket'",
            "  drover promote storefront/1.4.2 prod --dry-run",
            "  drover promote storefront/1.4.2 prod -detach -o json"
        })
final class PromoteCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION/RELEASE",
            description = "For example shop/1.4.2")
    String release = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Mixin final OptionalReason reason = new OptionalReason();

    @Option(
            names = {"--id", "-id"},
            defaultValue = "",
            paramLabel = "ID",
            description = "Id of the promotion. Default: made by the gateway")
    String id = "";

    @Option(
            names = {"--detach", "-detach"},
            description = "Do not follow it")
    boolean detach;

    @Option(
            names = {"--dry-run", "-dry-run"},
            description = "Show what would happen and change nothing")
    boolean dryRun;

    @Option(
            names = {"--request-id", "-request-id"},
            defaultValue = "",
            paramLabel = "ID",
            description = "Makes a repetition of this command safe for 24 hours")
    String requestId = "";

    @Override
    ExitCode run(Connection gateway) {
        String releaseName = connection.names().release(release);
        Promotion created =
                gateway.calling(PromotionServiceGrpc::newBlockingStub)
                        .createPromotion(
                                CreatePromotionRequest.newBuilder()
                                        .setParent(Names.projectOf(releaseName))
                                        .setPromotionId(id)
                                        .setPromotion(
                                                Promotion.newBuilder()
                                                        .setRelease(releaseName)
                                                        .setEnvironment(
                                                                connection
                                                                        .names()
                                                                        .environment(environment))
                                                        .setReason(reason.text))
                                        .setRequestId(requestId)
                                        .setValidateOnly(dryRun)
                                        .build());
        if (dryRun) {
            return new PromotionMonitor(gateway, output).rehearsed(created);
        }
        return new PromotionMonitor(gateway, output).follow(created, detach);
    }
}
