package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates or changes resources so that they are as a file says. */
@Command(
        name = "apply",
        description = {
            "Create or change resources of one kind so that they are as a file says.",
            "The file holds YAML or JSON documents with the fields of the API and a name",
            "each; what a document leaves out gets its default. The whole file is checked",
            "before anything is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover apply environment -f prod.yaml",
            "  drover apply policy -f policies.yaml --validate-only",
            "  drover list environments -o json | drover apply environment -f -"
        })
final class ApplyCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            completionCandidates = NounWords.Applied.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    String noun = "";

    @Option(
            names = {"--file", "-f"},
            required = true,
            paramLabel = "FILE",
            description = "The file; - is standard input")
    String file = "";

    @Option(
            names = {"--validate-only", "-validate-only"},
            description = "Check everything and change nothing")
    boolean validateOnly;

    @Override
    ExitCode run(Connection gateway) {
        Noun kind = Noun.of(noun);
        kind.required("Update");
        List<Message> resources = new ArrayList<>();
        for (JsonNode document : Documents.read(file, kind.message())) {
            resources.add(resource(kind, document));
        }
        List<Message> done = new ArrayList<>();
        try {
            for (Message resource : resources) {
                done.add(apply(gateway, kind, resource));
            }
        } finally {
            if (output.json()) {
                output.printAll(done);
            }
        }
        return ExitCode.DONE;
    }

    private Message resource(Noun kind, JsonNode document) {
        if (!document.path("name").isTextual()) {
            throw new CliException(
                    InputFile.name(file) + ": each document needs a name like " + kind.pattern());
        }
        DynamicMessage.Builder resource = DynamicMessage.newBuilder(kind.message());
        String name = kind.name(document.path("name").asText(), connection.names());
        try {
            JsonFormat.parser().merge(document.toString(), resource);
        } catch (InvalidProtocolBufferException e) {
            throw new CliException(InputFile.name(file) + ": " + name + ": " + e.getMessage(), e);
        }
        NounCalls.set(resource, "name", name);
        return resource.build();
    }

    private Message apply(Connection gateway, Noun kind, Message resource) {
        String name = NounCalls.text(resource, "name");
        // Of several documents this is the one that a refusal is about; those before it are
        // applied.
        about = InputFile.name(file) + ": " + name + ": ";
        Message before = NounCalls.find(gateway, kind, name);
        var method = kind.required("Update");
        var request = NounCalls.request(method);
        request.setField(kind.bodyField(method.getInputType()), resource);
        request.setField(
                method.getInputType().findFieldByName("update_mask"),
                FieldMask.newBuilder().addPaths("*").build());
        NounCalls.set(request, "allow_missing", true);
        NounCalls.set(request, "validate_only", validateOnly);
        Message after = NounCalls.call(gateway, method, request.build());
        if (!output.json()) {
            output.line(name + " " + what(before, after));
        }
        return after;
    }

    // The gateway gives a new etag to whatever changes, but not to a rehearsal.
    private String what(Message before, Message after) {
        if (before.equals(before.getDefaultInstanceForType())) {
            return validateOnly ? "would be created" : "created";
        }
        boolean same =
                NounCalls.text(before, "etag").equals(NounCalls.text(after, "etag"))
                        && (!validateOnly || before.equals(after));
        if (same) {
            return "unchanged";
        }
        return validateOnly ? "would be changed" : "changed";
    }
}
