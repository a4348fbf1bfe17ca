package dev.drover.cli;

import dev.drover.v1.Suspension;
import dev.drover.v1.SuspensionServiceGrpc;
import dev.drover.v1.UnsuspendRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lifts a suspension. */
@Command(
        name = "unsuspend",
        description = {
            "Lift a suspension: what nothing else holds goes on at once.",
            "'drover list suspensions' tells which there are."
        },
        footerHeading = "%nExamples:%n",
        footer = "  drover unsuspend prod-1 --reason 'incident 42 is over'")
final class UnsuspendCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "SUSPENSION",
            description = "Id or resource name of the suspension")
    String suspension = "";

    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Suspension lifted =
                gateway.calling(SuspensionServiceGrpc::newBlockingStub)
                        .unsuspend(
                                UnsuspendRequest.newBuilder()
                                        .setName(
                                                suspension.contains("/")
                                                        ? suspension
                                                        : "suspensions/" + suspension)
                                        .setReason(reason.text)
                                        .build());
        if (output.json()) {
            output.print(lifted);
        } else {
            output.line("Lifted: " + SuspensionText.told(lifted));
        }
        return ExitCode.DONE;
    }
}
