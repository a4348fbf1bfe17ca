package dev.drover.cli;

import com.google.protobuf.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes one resource. */
@Command(
        name = "delete",
        description = "Delete one resource; refused while others refer to it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover delete environment old --project shop",
            "  drover delete policy policies/prod --etag 1-5c9f"
        })
final class DeleteCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            completionCandidates = NounWords.Deleted.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    String noun = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Resource name, or the ids below the project")
    String name = "";

    @Option(
            names = {"--etag", "-etag"},
            defaultValue = "",
            paramLabel = "ETAG",
            description = "Delete only if this is still its etag")
    String etag = "";

    @Override
    ExitCode run(Connection gateway) {
        Noun kind = Noun.of(noun);
        var method = kind.required("Delete");
        var request = NounCalls.request(method);
        String full = kind.name(name, connection.names());
        NounCalls.set(request, "name", full);
        NounCalls.set(request, "etag", etag);
        Message answer = NounCalls.call(gateway, method, request.build());
        if (output.json()) {
            output.print(answer);
        } else {
            output.line(full + " deleted");
        }
        return ExitCode.DONE;
    }
}
