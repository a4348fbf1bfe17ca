package dev.drover.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drover.policy.DeclarationChecks;
import dev.drover.v1.PolicyTest;
import dev.drover.v1.PolicyTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of tests of policies, read.
 *
 * @param file its name in messages
 * @param tests with what all of them have in common put into each
 * @param policies what the tests are about
 * @param problems where there are any, nothing can be run
 */
record PolicyTestFile(
        String file,
        List<PolicyTest> tests,
        List<PolicyDocument> policies,
        List<PolicyProblem> problems) {

    static PolicyTestFile read(Path path, DeclarationChecks checks) {
        PolicyTestFile found =
                new PolicyTestFile(
                        path.toString(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String text = InputFile.read("the file", path.toString());
        SourceLines source = SourceLines.of(path.toString(), text);
        ObjectMapper mapper = Documents.mapper(text);
        try {
            List<JsonNode> trees = Documents.trees(mapper, text);
            if (trees.size() != 1) {
                found.add(source.place(null), "", "must hold one document, not " + trees.size());
                return found;
            }
            found.document(source, mapper, text, trees.getFirst(), checks);
        } catch (JsonProcessingException e) {
            found.add(source.place(e.getLocation()), "", Documents.misread(e));
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
        return found;
    }

    private void document(
            SourceLines source,
            ObjectMapper mapper,
            String text,
            JsonNode tree,
            DeclarationChecks checks)
            throws IOException {
        Map<String, JsonLocation> places;
        try (JsonParser parser = mapper.createParser(text)) {
            parser.nextToken();
            FieldCheck fields =
                    new FieldCheck(
                            parser,
                            misfit ->
                                    add(
                                            source.place(misfit.place()),
                                            misfit.written(),
                                            misfit.text()));
            fields.document(PolicyTests.getDescriptor());
            places = fields.places();
        }
        if (!problems.isEmpty()) {
            return;
        }
        PolicyTests.Builder all = PolicyTests.newBuilder();
        try {
            JsonFormat.parser().merge(tree.toString(), all);
            PolicyDocument whole =
                    new PolicyDocument(
                            source, Noun.of("policy"), "", all.build(), places, List.of());
            checks.check(all.build()).stream().map(whole::problem).forEach(problems::add);
            names(all.build(), whole);
            for (JsonNode test : tree.path("tests")) {
                PolicyTest.Builder one = PolicyTest.newBuilder();
                JsonFormat.parser().merge(together(tree.path("given"), test).toString(), one);
                tests.add(one.build());
            }
        } catch (InvalidProtocolBufferException e) {
            add(source.place(places.get("")), "", String.valueOf(e.getMessage()));
        }
        for (String file : all.getFilesList()) {
            policies(file, checks);
        }
    }

    private void names(PolicyTests all, PolicyDocument whole) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.getTestsCount(); i++) {
            String path = "tests[" + i + "]";
            PolicyTest test = all.getTests(i);
            if (!test.getName().isEmpty() && !seen.add(test.getName())) {
                problems.add(
                        whole.error(
                                path + ".name",
                                "\"" + test.getName() + "\" is already the name of a test"));
            }
            if (test.hasExpect() && test.getExpect().getAllFields().isEmpty()) {
                problems.add(
                        whole.error(
                                path + ".expect",
                                "needs at least one of verdict, rules, messages and next_eligible_time"));
            }
        }
    }

    private void policies(String name, DeclarationChecks checks) {
        PolicyFile read;
        try {
            read = PolicyFile.read(Path.of(file).resolveSibling(name).toString());
        } catch (CliException e) {
            add(new PolicyProblem.Place(file, 0, 0), "files", String.valueOf(e.getMessage()));
            return;
        }
        problems.addAll(read.problems());
        for (PolicyDocument document : read.documents()) {
            problems.addAll(PolicyCheckCommand.problems(checks, document));
            policies.add(document);
        }
    }

    /** A test with what all have in common below what it gives itself. */
    private static JsonNode together(JsonNode common, JsonNode test) {
        ObjectNode all = test.deepCopy();
        if (common instanceof ObjectNode below) {
            ObjectNode given = below.deepCopy();
            if (all.get("given") instanceof ObjectNode above) {
                put(given, above);
            }
            all.set("given", given);
        }
        return all;
    }

    private static void put(ObjectNode below, ObjectNode above) {
        above.properties()
                .forEach(field -> {
                    if (field.getValue() instanceof ObjectNode object
                            && below.get(field.getKey()) instanceof ObjectNode same) {
                        put(same, object);
                    } else {
                        below.set(field.getKey(), field.getValue());
                    }
                });
    }

    private void add(PolicyProblem.Place place, String field, String text) {
        problems.add(new PolicyProblem(place, "", field, text, PolicyProblem.Part.WHOLE, false));
    }
}
