package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import dev.drover.v1.RestartApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class RestartCommand extends LiveChangeCommand {
    @Mixin final OptionalReason reason = new OptionalReason();

    @Override
    Promotion ask(PromotionServiceBlockingStub stub, String application, String environment) {
        return stub.restartApplication(
                RestartApplicationRequest.newBuilder()
                        .setName(application)
                        .setEnvironment(environment)
                        .setReason(reason.text)
                        .setValidateOnly(dryRun)
                        .build());
    }
}
