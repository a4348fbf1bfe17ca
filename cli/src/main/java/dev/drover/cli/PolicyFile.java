package dev.drover.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.drover.v1.Calendar;
import dev.drover.v1.Policy;
import dev.drover.v1.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of policies, calendars and verifications, read to its end whatever is wrong with it. Which
 * of them a document is says its name, or else its fields.
 *
 * @param documents those that could be read, without what does not fit
 * @param problems what does not fit
 */
record PolicyFile(List<PolicyDocument> documents, List<PolicyProblem> problems) {
    private static final List<Message> TYPES =
            List.of(
                    Policy.getDefaultInstance(),
                    Calendar.getDefaultInstance(),
                    Verification.getDefaultInstance());

    static PolicyFile read(String file) {
        String text = InputFile.read("the file", file);
        SourceLines source = SourceLines.of(InputFile.name(file), text);
        PolicyFile found = new PolicyFile(new ArrayList<>(), new ArrayList<>());
        try {
            ObjectMapper mapper = Documents.mapper(text);
            List<JsonNode> trees =
                    Documents.trees(mapper, text).stream().filter(tree -> !tree.isNull()).toList();
            if (trees.isEmpty()) {
                found.add(source.place(null), "", "", "holds no document");
            }
            found.documents(source, mapper, text, trees);
        } catch (JsonProcessingException e) {
            found.add(source.place(e.getLocation()), "", "", Documents.misread(e));
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
        return found;
    }

    private void documents(
            SourceLines source, ObjectMapper mapper, String text, List<JsonNode> trees)
            throws IOException {
        int next = 0;
        try (JsonParser parser = mapper.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_ARRAY, END_ARRAY, VALUE_NULL -> {}
                    default -> document(source, parser, trees.get(next++));
                }
            }
        }
    }

    private void document(SourceLines source, JsonParser parser, JsonNode tree) throws IOException {
        String name = tree.path("name").asText();
        Optional<Noun> other = otherNoun(name);
        if (other.isPresent()) {
            add(
                    source.place(parser.currentTokenLocation()),
                    name,
                    "",
                    "is a "
                            + other.get().singular()
                            + "; here are policies, calendars and verifications");
            parser.skipChildren();
            return;
        }
        Message type = type(name, tree);
        List<FieldCheck.Misfit> misfits = new ArrayList<>();
        PolicyProblem.Place start = source.place(parser.currentTokenLocation());
        FieldCheck fields = new FieldCheck(parser, misfits::add);
        fields.document(type.getDescriptorForType());
        for (FieldCheck.Misfit misfit : misfits) {
            add(source.place(misfit.place()), name, misfit.written(), misfit.text());
        }
        if (!(tree instanceof ObjectNode object)) {
            return;
        }
        Noun noun = noun(type.getDescriptorForType());
        if (!names(name, noun)) {
            add(start, name, "name", "must be like " + noun.pattern());
        }
        List<String> left = misfits.stream().map(misfit -> leaveOut(object, misfit)).toList();
        Message.Builder message = type.newBuilderForType();
        try {
            JsonFormat.parser().merge(object.toString(), message);
        } catch (InvalidProtocolBufferException e) {
            add(start, name, "", String.valueOf(e.getMessage()));
            return;
        }
        documents.add(
                new PolicyDocument(source, noun, name, message.build(), fields.places(), left));
    }

    private void add(PolicyProblem.Place place, String name, String field, String text) {
        problems.add(new PolicyProblem(place, name, field, text, PolicyProblem.Part.WHOLE, false));
    }

    /** Takes out the field that holds it, as a list without one element would be another. */
    private static String leaveOut(ObjectNode document, FieldCheck.Misfit misfit) {
        JsonPointer pointer = misfit.pointer();
        String path = misfit.path();
        while (!pointer.matches() && !(document.at(pointer.head()) instanceof ObjectNode)) {
            pointer = pointer.head();
            path = path.substring(0, path.lastIndexOf('['));
        }
        if (document.at(pointer.head()) instanceof ObjectNode parent) {
            parent.remove(pointer.last().getMatchingProperty());
        }
        return path;
    }

    private static Message type(String name, JsonNode document) {
        return TYPES.stream()
                .filter(type -> name.matches(regex(noun(type.getDescriptorForType()))))
                .findFirst()
                .orElseGet(() ->
                        TYPES.stream()
                                .max(Comparator.comparingLong(type -> known(type, document)))
                                .orElseThrow());
    }

    private static String regex(Noun noun) {
        return noun.pattern().replaceAll("\\{\\w+}", "[^/]+");
    }

    /** The noun that it is a full name of, where that is none of those that are read here. */
    private static Optional<Noun> otherNoun(String name) {
        return Noun.all().stream()
                .filter(noun -> name.matches(regex(noun)))
                .filter(noun ->
                        TYPES.stream()
                                .noneMatch(
                                        type -> type.getDescriptorForType().equals(noun.message())))
                .findFirst();
    }

    /** Whether it is a full name, or as short as a project makes names. */
    private static boolean names(String name, Noun noun) {
        int ids = name.split("/", -1).length;
        int wanted = noun.pattern().split("/", -1).length / 2;
        return name.matches(regex(noun))
                || (!name.isEmpty() && (ids == wanted || (noun.inProject() && ids == wanted - 1)));
    }

    private static long known(Message type, JsonNode document) {
        List<String> names =
                type.getDescriptorForType().getFields().stream()
                        .flatMap(field -> Stream.of(field.getName(), field.getJsonName()))
                        .distinct()
                        .toList();
        return document.properties().stream().filter(one -> names.contains(one.getKey())).count();
    }

    private static Noun noun(Descriptor type) {
        return Noun.all().stream()
                .filter(noun -> noun.message().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
