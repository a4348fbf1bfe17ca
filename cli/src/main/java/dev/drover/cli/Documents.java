package dev.drover.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.Descriptors.Descriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The documents of a file: YAML, one after the other; or JSON, one after the other or in an array,
 * as {@code drover list --output json} prints them. All of a file is looked at before anything is
 * done with it.
 */
final class Documents {
    // YAML is a superset of JSON but for tabs, which JSON may be indented with.
    private static final Pattern JSON =
            Pattern.compile("(?s)\\s*(\\[\\s*)*\\{\\s*[\"}].*|\\s*\\[\\s*]\\s*");

    private Documents() {}

    /** Reads a file whose documents describe messages of this type. */
    static List<JsonNode> read(String file, Descriptor type) {
        String name = InputFile.name(file);
        String text = InputFile.read("the file", file);
        ObjectMapper mapper = mapper(text);
        try {
            List<JsonNode> documents = trees(mapper, text);
            if (documents.isEmpty()) {
                throw new CliException(name + " holds nothing to apply");
            }
            check(mapper, text, name, type);
            return documents;
        } catch (JsonProcessingException e) {
            throw new CliException(FieldCheck.place(name, e.getLocation()) + ": " + misread(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
    }

    /** What reads a text, as it looks like. */
    static ObjectMapper mapper(String text) {
        return JSON.matcher(text).matches() ? json() : yaml();
    }

    static String misread(JsonProcessingException e) {
        return "this is neither YAML nor JSON: "
                + e.getOriginalMessage().strip().replaceAll("\\s*\n\\s*", " ");
    }

    private static ObjectMapper json() {
        return JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    private static ObjectMapper yaml() {
        return new YAMLMapper(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    }

    static List<JsonNode> trees(ObjectMapper mapper, String text) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (MappingIterator<JsonNode> all = mapper.readerFor(JsonNode.class).readValues(text)) {
            while (all.hasNextValue()) {
                JsonNode document = all.nextValue();
                if (document.isArray()) {
                    document.forEach(found::add);
                } else if (!document.isNull()) {
                    found.add(document);
                }
            }
        }
        return found;
    }

    private static void check(ObjectMapper mapper, String text, String name, Descriptor type)
            throws IOException {
        try (JsonParser parser = mapper.createParser(text)) {
            FieldCheck fields = FieldCheck.strict(parser, name);
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_ARRAY, END_ARRAY, VALUE_NULL -> {}
                    default -> fields.document(type);
                }
            }
        }
    }
}
