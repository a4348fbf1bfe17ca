package dev.drover.cli;

import dev.drover.v1.AbandonReleaseRequest;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Bars a release from promotion. */
@Command(
        name = "abandon",
        description = "Bar a release from promotion; what runs of it goes on running.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover release abandon storefront/1.4.2 --reason 'loses orders'"})
final class ReleaseAbandonCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION/RELEASE",
            description = "For example shop/1.4.2")
    String name = "";

    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Release release =
                gateway.calling(ReleaseServiceGrpc::newBlockingStub)
                        .abandonRelease(
                                AbandonReleaseRequest.newBuilder()
                                        .setName(connection.names().release(name))
                                        .setReason(reason.text)
                                        .build());
        if (output.json()) {
            output.print(release);
        } else {
            output.line("Abandoned release " + Names.shortRelease(release.getName()));
        }
        return ExitCode.DONE;
    }
}
