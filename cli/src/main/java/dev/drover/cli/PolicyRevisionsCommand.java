package dev.drover.cli;

import dev.drover.v1.ListPolicyRevisionsRequest;
import dev.drover.v1.ListPolicyRevisionsResponse;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.PolicyServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists who changed a policy, when and why. */
@Command(
        name = "revisions",
        description = "List who changed a policy, when and why; the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover policy revisions prod", "  drover policy revisions prod -o json"})
final class PolicyRevisionsCommand extends ConnectionCommand {
    private static final int PAGE = 1000;

    @Parameters(index = "0", paramLabel = "POLICY", description = "For example prod")
    String policy = "";

    @Override
    ExitCode run(Connection gateway) {
        List<PolicyRevision> revisions = new ArrayList<>();
        String token = "";
        do {
            ListPolicyRevisionsResponse page =
                    gateway.calling(PolicyServiceGrpc::newBlockingStub)
                            .listPolicyRevisions(
                                    ListPolicyRevisionsRequest.newBuilder()
                                            .setParent(
                                                    Noun.of("policy")
                                                            .name(policy, connection.names()))
                                            .setPageSize(PAGE)
                                            .setPageToken(token)
                                            .build());
            revisions.addAll(page.getPolicyRevisionsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        if (output.json()) {
            output.printAll(revisions);
            return ExitCode.DONE;
        }
        output.table(
                List.of("REVISION", "TIME", "AUTHOR", "REASON"),
                revisions.stream()
                        .map(one ->
                                List.of(
                                        Long.toString(one.getRevision()),
                                        Times.text(one.getCreateTime()),
                                        one.getAuthor(),
                                        one.getChangeReason()))
                        .toList());
        return ExitCode.DONE;
    }
}
