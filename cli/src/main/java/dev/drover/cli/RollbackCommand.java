package dev.drover.cli;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import dev.drover.v1.RollbackApplicationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class RollbackCommand extends LiveChangeCommand {
    @Option(
            names = {"--to", "-to"},
            defaultValue = "",
            paramLabel = "RELEASE",
            description =
                    "The release to go back to. Default: the last one before that succeeded there")
    String release = "";

    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    Promotion ask(PromotionServiceBlockingStub stub, String application, String environment) {
        return stub.rollbackApplication(
                RollbackApplicationRequest.newBuilder()
                        .setName(application)
                        .setEnvironment(environment)
                        .setRelease(target(application))
                        .setReason(reason.text)
                        .setValidateOnly(dryRun)
                        .build());
    }

    /** A release of this application by its id, or any by its name; empty: the gateway chooses. */
    private String target(String application) {
        if (release.isEmpty()) {
            return "";
        }
        return connection
                .names()
                .release(release.contains("/") ? release : application + "/releases/" + release);
    }
}
