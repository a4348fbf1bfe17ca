package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drover.v1.Policy;
import java.util.ArrayList;
import java.util.List;

/** Policies of a file, as somebody thinks of applying them. */
final class PolicyCandidates {
    private PolicyCandidates() {}

    static List<Policy> read(String file, Names names) {
        Noun noun = Noun.of("policy");
        List<Policy> policies = new ArrayList<>();
        for (JsonNode document : Documents.read(file, Policy.getDescriptor())) {
            if (!document.path("name").isTextual()) {
                throw new CliException(
                        InputFile.name(file)
                                + ": each document needs a name like "
                                + noun.pattern());
            }
            String name = noun.name(document.path("name").asText(), names);
            Policy.Builder policy = Policy.newBuilder();
            try {
                JsonFormat.parser().merge(document.toString(), policy);
            } catch (InvalidProtocolBufferException e) {
                throw new CliException(
                        InputFile.name(file) + ": " + name + ": " + e.getMessage(), e);
            }
            policies.add(policy.setName(name).build());
        }
        return policies;
    }
}
