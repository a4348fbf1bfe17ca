package dev.drover.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows changes of resources. */
@Command(
        name = "watch",
        description = "Follow changes of resources: one line for each, until interrupted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover watch promotions --project shop",
            "  drover watch promotions --filter 'release = \"projects/shop/*\"'",
            "  drover watch environments --project shop -o json --resume TOKEN"
        })
final class WatchCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            completionCandidates = NounWords.Watched.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    String noun = "";

    @Option(
            names = {"--parent", "-parent"},
            defaultValue = "",
            paramLabel = "NAME",
            description = "The application that releases belong to: an id or a resource name")
    String parent = "";

    @Option(
            names = {"--filter", "-filter"},
            defaultValue = "",
            paramLabel = "FILTER",
            description = "As for list")
    String filter = "";

    @Option(
            names = {"--resume", "-resume"},
            defaultValue = "",
            paramLabel = "TOKEN",
            description = "Go on after this resume_token")
    String resume = "";

    @Override
    ExitCode run(Connection gateway) {
        Noun kind = Noun.of(noun);
        MethodDescriptor method = kind.required("Watch");
        var request = NounCalls.request(method);
        if (method.getInputType().findFieldByName("parent") != null) {
            NounCalls.set(request, "parent", kind.parent(parent, connection.names()));
        }
        NounCalls.set(request, "filter", filter);
        NounCalls.set(request, "resume_token", resume);
        Iterator<DynamicMessage> changes = NounCalls.stream(gateway, method, request.build());
        while (changes.hasNext()) {
            tell(kind, changes.next());
        }
        return ExitCode.DONE;
    }

    private void tell(Noun kind, DynamicMessage change) {
        if (output.json()) {
            output.printLine(change);
            return;
        }
        for (FieldDescriptor field : change.getAllFields().keySet()) {
            switch (field.getName()) {
                case "resume_token", "heartbeat" -> {}
                case "deleted" -> output.line("deleted  " + change.getField(field));
                case "gap" -> output.line("GAP      changes were lost; list again");
                default ->
                        output.line("changed  " + summary(kind, (Message) change.getField(field)));
            }
        }
    }

    private static String summary(Noun kind, Message resource) {
        StringBuilder line =
                new StringBuilder(
                        resource.getField(kind.message().findFieldByName("name")).toString());
        for (String name : new String[] {"state", "state_message"}) {
            FieldDescriptor field = kind.message().findFieldByName(name);
            if (field != null && !resource.getField(field).toString().isEmpty()) {
                line.append("  ").append(resource.getField(field));
            }
        }
        return line.toString();
    }
}
