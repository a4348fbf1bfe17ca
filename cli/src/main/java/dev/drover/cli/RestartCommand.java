package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.RestartApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restarts what runs of an application. */
@Command(
        name = "restart",
        description = {
            "Restart what runs of an application where it is, some at a time, and follow it.",
            "The jobs stay as they are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover restart storefront prod --reason 'new certificates'",
            "  drover restart storefront prod --dry-run"
        })
final class RestartCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION",
            description = "Id or resource name of the application")
    String application = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--reason", "-reason"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Why")
    String reason = "";

    @Option(
            names = {"--detach", "-detach"},
            description = "Do not follow it")
    boolean detach;

    @Option(
            names = {"--dry-run", "-dry-run"},
            description = "Show what would happen and change nothing")
    boolean dryRun;

    @Override
    ExitCode run(Connection gateway) {
        Promotion promotion =
                gateway.calling(PromotionServiceGrpc::newBlockingStub)
                        .restartApplication(
                                RestartApplicationRequest.newBuilder()
                                        .setName(connection.names().application(application))
                                        .setEnvironment(connection.names().environment(environment))
                                        .setReason(reason)
                                        .setValidateOnly(dryRun)
                                        .build());
        PromotionMonitor monitor = new PromotionMonitor(gateway, output);
        return dryRun ? monitor.rehearsed(promotion) : monitor.follow(promotion, detach);
    }
}
