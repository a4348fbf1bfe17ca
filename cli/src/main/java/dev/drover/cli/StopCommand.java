package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import dev.drover.v1.StopApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class StopCommand extends LiveChangeCommand {
    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    Promotion ask(PromotionServiceBlockingStub stub, String application, String environment) {
        return stub.stopApplication(
                StopApplicationRequest.newBuilder()
                        .setName(application)
                        .setEnvironment(environment)
                        .setReason(reason.text)
                        .setValidateOnly(dryRun)
                        .build());
    }
}
