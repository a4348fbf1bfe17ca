package dev.drover.cli;

import com.google.protobuf.Message;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyChangeServiceGrpc;
import dev.drover.v1.PreviewPolicyRequest;
import dev.drover.v1.PreviewPolicyResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which guards would be lost if policies were as a file has them. */
@Command(
        name = "preview",
        description = {
            "Tell which guards a change of policies would take away, and change nothing.",
            "Also told is what the last promotions would have met. The file holds documents",
            "as drover apply takes them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy preview policies.yaml",
            "  drover policy preview --deletion-of prod -o json"
        })
final class PolicyPreviewCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The policies; - is standard input")
    String file = "";

    @Option(
            names = {"--deletion-of", "-deletion-of"},
            defaultValue = "",
            paramLabel = "POLICY",
            description = "Preview the deletion of this policy")
    String deleted = "";

    @Override
    ExitCode run(Connection gateway) {
        List<Message> answers = new ArrayList<>();
        for (PreviewPolicyRequest request : requests()) {
            about = request.getPolicy().getName() + ": ";
            PreviewPolicyResponse preview =
                    gateway.calling(PolicyChangeServiceGrpc::newBlockingStub)
                            .previewPolicy(request);
            answers.add(preview);
            if (!output.json()) {
                print(request, preview);
            }
        }
        if (output.json()) {
            if (answers.size() == 1) {
                output.print(answers.getFirst());
            } else {
                output.printAll(answers);
            }
        }
        return ExitCode.DONE;
    }

    private void print(PreviewPolicyRequest request, PreviewPolicyResponse preview) {
        String what =
                (request.getDeletion() ? "The deletion of " : "The change of ")
                        + request.getPolicy().getName();
        if (preview.getWarningsCount() == 0) {
            output.line(
                    what
                            + " takes no guard away, and made no difference to any of the last %d promotions"
                                    .formatted(preview.getBacktest().getTotal().getPromotions()));
        }
        preview.getWarningsList().forEach(warning -> output.line(what + " " + warning));
    }

    private List<PreviewPolicyRequest> requests() {
        if (file.isEmpty() == deleted.isEmpty()) {
            throw new CliException("give either a FILE or --deletion-of POLICY");
        }
        if (!deleted.isEmpty()) {
            String name = Noun.of("policy").name(deleted, connection.names());
            return List.of(
                    PreviewPolicyRequest.newBuilder()
                            .setPolicy(Policy.newBuilder().setName(name))
                            .setDeletion(true)
                            .build());
        }
        return PolicyCandidates.read(file, connection.names()).stream()
                .map(policy -> PreviewPolicyRequest.newBuilder().setPolicy(policy).build())
                .toList();
    }
}
