package dev.drover.cli;

import dev.drover.v1.RevokeServiceAccountTokenRequest;
import dev.drover.v1.ServiceAccountServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a token. */
@Command(name = "revoke", description = "End a token at once.")
final class TokenRevokeCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "TOKEN",
            description = "Resource name: serviceAccounts/ACCOUNT/tokens/ID")
    String name = "";

    @Override
    ExitCode run(Connection gateway) {
        gateway.calling(ServiceAccountServiceGrpc::newBlockingStub)
                .revokeServiceAccountToken(
                        RevokeServiceAccountTokenRequest.newBuilder().setName(name).build());
        output.progress().println("Revoked " + name);
        output.progress().flush();
        return ExitCode.DONE;
    }
}
