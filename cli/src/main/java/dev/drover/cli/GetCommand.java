package dev.drover.cli;

import com.google.protobuf.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads one resource. */
@Command(
        name = "get",
        description = "Read one resource, as JSON.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover get environment prod --project shop",
            "  drover get promotion projects/shop/promotions/first-prod"
        })
final class GetCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            completionCandidates = NounWords.Read.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    String noun = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Resource name, or the ids below the project")
    String name = "";

    @Override
    ExitCode run(Connection gateway) {
        Noun kind = Noun.of(noun);
        var method = kind.required("Get");
        var request = NounCalls.request(method);
        NounCalls.set(request, "name", kind.name(name, connection.names()));
        Message answer = NounCalls.call(gateway, method, request.build());
        output.print(answer);
        return ExitCode.DONE;
    }
}
