package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a change of what runs of an application in an environment, and follows it. */
abstract class LiveChangeCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION",
            description = "Id or resource name of the application")
    String application = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--detach", "-detach"},
            description = "Do not follow it")
    boolean detach;

    @Option(
            names = {"--dry-run", "-dry-run"},
            description = "Show what would happen and change nothing")
    boolean dryRun;

    @Override
    final ExitCode run(Connection gateway) {
        Promotion promotion =
                ask(
                        gateway.calling(PromotionServiceGrpc::newBlockingStub),
                        connection.names().application(application),
                        connection.names().environment(environment));
        PromotionMonitor monitor = new PromotionMonitor(gateway, output);
        return dryRun ? monitor.rehearsed(promotion) : monitor.follow(promotion, detach);
    }

    /** Asks for it, or only what would happen; both by their resource names. */
    abstract Promotion ask(
            PromotionServiceBlockingStub stub, String application, String environment);
}
