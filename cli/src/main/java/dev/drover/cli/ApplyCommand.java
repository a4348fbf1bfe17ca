package dev.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "The file holds YAML or JSON documents with the fields of the API and a full resource name each."
        })
final class ApplyCommand extends ConnectionCommand {
    @Parameters(index = "0", paramLabel = "NOUN", description = "For example environment, policy")
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
    ExitCode run(Connection gateway) throws IOException {
        Noun kind = Noun.of(noun);
        MethodDescriptor method = kind.required("Update");
        for (JsonNode document : documents()) {
            Message answer = NounCalls.call(gateway, method, request(kind, method, document));
            if (output.json()) {
                output.printLine(answer);
            } else {
                String name = answer.getField(kind.message().findFieldByName("name")).toString();
                output.line(name + (validateOnly ? " would be applied" : " applied"));
            }
        }
        return ExitCode.DONE;
    }

    private List<JsonNode> documents() throws IOException {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
                MappingIterator<JsonNode> found =
                        new YAMLMapper().readerFor(JsonNode.class).readValues(in)) {
            List<JsonNode> documents = new ArrayList<>();
            found.readAll(documents);
            documents.removeIf(JsonNode::isNull);
            if (documents.isEmpty()) {
                throw new CliException(file + " holds nothing to apply");
            }
            return documents;
        } catch (JsonProcessingException e) {
            throw new CliException(
                    file + " is neither YAML nor JSON: " + e.getOriginalMessage() + place(e), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new CliException(file + " does not exist", e);
        }
    }

    private static String place(JsonProcessingException problem) {
        return problem.getLocation() == null
                ? ""
                : " (line "
                        + problem.getLocation().getLineNr()
                        + ", column "
                        + problem.getLocation().getColumnNr()
                        + ")";
    }

    private Message request(Noun kind, MethodDescriptor method, JsonNode document) {
        if (!(document instanceof ObjectNode) || !document.path("name").isTextual()) {
            throw new CliException(file + ": each document needs a name like " + kind.pattern());
        }
        DynamicMessage.Builder resource = DynamicMessage.newBuilder(kind.message());
        try {
            JsonFormat.parser().merge(document.toString(), resource);
        } catch (InvalidProtocolBufferException e) {
            throw new CliException(
                    file + ": " + document.path("name").asText() + ": " + e.getMessage(), e);
        }
        var request = NounCalls.request(method);
        request.setField(kind.bodyField(method.getInputType()), resource.build());
        request.setField(
                method.getInputType().findFieldByName("update_mask"),
                FieldMask.newBuilder().addPaths("*").build());
        NounCalls.set(request, "allow_missing", true);
        NounCalls.set(request, "validate_only", validateOnly);
        return request.build();
    }
}
