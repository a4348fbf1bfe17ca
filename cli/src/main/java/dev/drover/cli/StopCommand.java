package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.StopApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops the jobs of an application. */
@Command(
        name = "stop",
        description = {
            "Stop the jobs of an application in an environment, and follow it.",
            "They stay in Nomad, stopped; a release or a rollback starts them again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover stop storefront staging --reason 'nobody tests at night'",
            "  drover stop storefront staging --reason 'what would it do' --dry-run"
        })
final class StopCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION",
            description = "Id or resource name of the application")
    String application = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--reason", "-reason"},
            required = true,
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
                        .stopApplication(
                                StopApplicationRequest.newBuilder()
                                        .setName(connection.names().application(application))
                                        .setEnvironment(connection.names().environment(environment))
                                        .setReason(reason)
                                        .setValidateOnly(dryRun)
                                        .build());
        PromotionMonitor monitor = new PromotionMonitor(gateway, output);
        return dryRun ? monitor.rehearsed(promotion) : monitor.follow(promotion, detach);
    }
}
