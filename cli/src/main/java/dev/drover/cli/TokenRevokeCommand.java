package dev.drover.cli;

import dev.drover.v1.RevokeServiceAccountTokenRequest;
import dev.drover.v1.ServiceAccountServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a token. */
@Command(
        name = "revoke",
        description = "End a token at once.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover token revoke serviceAccounts/ci/tokens/1"})
final class TokenRevokeCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "TOKEN",
            description = "Resource name: serviceAccounts/ACCOUNT/tokens/ID")
    String name = "";

    @Override
    ExitCode run(Connection gateway) {
        var answer =
                gateway.calling(ServiceAccountServiceGrpc::newBlockingStub)
                        .revokeServiceAccountToken(
                                RevokeServiceAccountTokenRequest.newBuilder()
                                        .setName(name)
                                        .build());
        if (output.json()) {
            output.print(answer);
        } else {
            output.line("Revoked " + name);
        }
        return ExitCode.DONE;
    }
}
