package dev.drover.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.drover.gateway.api.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the YAML file into the tree, and refuses what it does not know, with the line. */
final class ConfigYaml {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path path;
    private final YAMLParser parser;
    private final ConfigTree tree;

    private ConfigYaml(Path path, YAMLParser parser, ConfigTree tree) {
        this.path = path;
        this.parser = parser;
        this.tree = tree;
    }

    static void read(Path path, ConfigTree tree) {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(Files.readAllBytes(path))) {
            ConfigYaml file = new ConfigYaml(path, parser, tree);
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                file.section("");
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                throw new StartFailure(file.where() + ": a configuration is keys and values");
            }
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no configuration file " + path, e);
        } catch (JsonProcessingException e) {
            throw new StartFailure(
                    path + ":" + e.getLocation().getLineNr() + ": not YAML: " + firstLine(e), e);
        } catch (IOException e) {
            throw new StartFailure("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private void section(String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = prefix + parser.currentName();
            String where = where();
            tree.requireKnown(key, where);
            JsonToken value = parser.nextToken();
            if (tree.isSection(key)) {
                enter(key, value, where);
            } else {
                JsonNode node = YAML.readTree(parser);
                tree.set(key, node, where);
            }
        }
    }

    private void enter(String key, JsonToken value, String where) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            section(key + ".");
        } else if (value != JsonToken.VALUE_NULL) {
            throw new StartFailure(where + ": " + key + " is a section, not a value");
        }
    }

    private String where() {
        return path + ":" + parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }
}
