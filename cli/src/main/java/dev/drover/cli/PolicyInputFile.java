package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.PolicyTestGiven;
import java.util.List;

/** The variables of expressions in a file; what follows from others is filled in. */
final class PolicyInputFile {
    private PolicyInputFile() {}

    static PolicyInput read(String file) {
        List<JsonNode> documents = Documents.read(file, PolicyInput.getDescriptor());
        String name = InputFile.name(file);
        if (documents.size() != 1) {
            throw new CliException(name + " must hold one document, not " + documents.size());
        }
        PolicyInput.Builder input = PolicyInput.newBuilder();
        try {
            JsonFormat.parser().merge(documents.getFirst().toString(), input);
        } catch (InvalidProtocolBufferException e) {
            throw new CliException(name + ": " + e.getMessage(), e);
        }
        return PolicyCase.variables(PolicyTestGiven.newBuilder().setInput(input).build());
    }
}
