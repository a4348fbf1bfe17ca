package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.RollbackApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an environment back to a release that ran there before. */
@Command(
        name = "rollback",
        description =
                "Bring an environment back to a release that ran there before, and follow it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover rollback storefront prod --reason 'baskets are empty'",
            "  drover rollback storefront prod --to 1.4.1 --reason 'a hunch' --dry-run"
        })
final class RollbackCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION",
            description = "Id or resource name of the application")
    String application = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--to", "-to"},
            defaultValue = "",
            paramLabel = "RELEASE",
            description =
                    "The release to go back to. Default: the last one before that succeeded there")
    String release = "";

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
        String name = connection.names().application(application);
        String target =
                release.isEmpty() || release.contains("/")
                        ? release
                        : name + "/releases/" + release;
        Promotion promotion =
                gateway.calling(PromotionServiceGrpc::newBlockingStub)
                        .rollbackApplication(
                                RollbackApplicationRequest.newBuilder()
                                        .setName(name)
                                        .setEnvironment(connection.names().environment(environment))
                                        .setRelease(
                                                target.isEmpty()
                                                        ? ""
                                                        : connection.names().release(target))
                                        .setReason(reason)
                                        .setValidateOnly(dryRun)
                                        .build());
        if (dryRun) {
            return new PromotionMonitor(gateway, output).rehearsed(promotion);
        }
        return new PromotionMonitor(gateway, output).follow(promotion, detach);
    }
}
