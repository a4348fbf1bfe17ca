package dev.drover.cli;

import com.google.protobuf.util.Durations;
import dev.drover.v1.IssueServiceAccountTokenRequest;
import dev.drover.v1.IssueServiceAccountTokenResponse;
import dev.drover.v1.ServiceAccountServiceGrpc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues a token and prints its secret, once. */
@Command(
        name = "issue",
        description = {
            "Issue a token of a service account.",
            "The secret is printed alone on standard output; it cannot be read again."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  TOKEN=$(drover token issue ci --ttl P30D --description 'the build server')"})
final class TokenIssueCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "ACCOUNT",
            description = "Id or resource name of the service account")
    String account = "";

    @Option(
            names = {"--description", "-description"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "What it is for")
    String description = "";

    @Option(
            names = {"--ttl", "-ttl"},
            paramLabel = "DURATION",
            description = "How long it works, for example PT8H or P30D. Default: for ever")
    @Nullable Duration ttl;

    @Override
    ExitCode run(Connection gateway) {
        String name =
                account.startsWith("serviceAccounts/") ? account : "serviceAccounts/" + account;
        var request =
                IssueServiceAccountTokenRequest.newBuilder()
                        .setName(name)
                        .setDescription(description);
        if (ttl != null) {
            request.setTtl(Durations.fromSeconds(ttl.toSeconds()));
        }
        IssueServiceAccountTokenResponse issued =
                gateway.calling(ServiceAccountServiceGrpc::newBlockingStub)
                        .issueServiceAccountToken(request.build());
        if (output.json()) {
            output.print(issued);
        } else {
            output.line(issued.getSecret());
        }
        return ExitCode.DONE;
    }
}
