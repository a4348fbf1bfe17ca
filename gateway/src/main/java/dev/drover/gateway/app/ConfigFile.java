package dev.drover.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.drover.gateway.api.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads the configuration: a YAML file over the defaults, environment variables over the file. */
public final class ConfigFile {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .addModule(new Jdk8Module())
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private ConfigFile() {}

    /** The configuration without a file. */
    public static GatewayConfig defaults(Map<String, String> environment) {
        return checked(overridden(GatewayConfig.DEFAULT, environment), "the configuration");
    }

    /**
     * The configuration in a file.
     *
     * @throws StartFailure naming the file, the line and the key, where it cannot be used
     */
    public static GatewayConfig read(Path file, Map<String, String> environment) {
        try {
            String text = Files.readString(file);
            // Read strictly first, while each key still knows its line.
            JsonNode given = YAML.readTree(text);
            ObjectNode whole = YAML.valueToTree(GatewayConfig.DEFAULT);
            GatewayConfig read =
                    given == null || given.isMissingNode() || given.isNull()
                            ? GatewayConfig.DEFAULT
                            : YAML.readerFor(GatewayConfig.class)
                                    .readValue(merged(whole, given, text, file).traverse(YAML));
            return checked(overridden(read, environment), file.toString());
        } catch (UnrecognizedPropertyException unknown) {
            throw new StartFailure(unknownKey(file, unknown), unknown);
        } catch (JsonMappingException wrong) {
            throw new StartFailure(
                    file + ": " + path(wrong) + ": " + firstLine(wrong.getOriginalMessage()),
                    wrong);
        } catch (JsonProcessingException broken) {
            throw new StartFailure(
                    file
                            + ", line "
                            + broken.getLocation().getLineNr()
                            + ": not YAML: "
                            + firstLine(broken.getOriginalMessage()),
                    broken);
        } catch (NoSuchFileException missing) {
            throw new StartFailure("the configuration file " + file + " does not exist", missing);
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "the configuration file "
                            + file
                            + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static ObjectNode merged(ObjectNode base, JsonNode given, String text, Path file) {
        if (!(given instanceof ObjectNode object)) {
            throw new StartFailure(
                    file + ": must hold keys and values, such as listen: {port: 4680}");
        }
        object.properties()
                .forEach(field -> merge(base, field.getKey(), field.getValue(), text, file));
        return base;
    }

    private static void merge(ObjectNode base, String key, JsonNode value, String text, Path file) {
        if (!base.has(key)) {
            throw new StartFailure(
                    file
                            + ", line "
                            + lineOf(key, text)
                            + ": there is no key "
                            + key
                            + " here; there are "
                            + String.join(", ", names(base)));
        }
        if (value instanceof ObjectNode given && base.get(key) instanceof ObjectNode inner) {
            given.properties()
                    .forEach(field -> merge(inner, field.getKey(), field.getValue(), text, file));
        } else {
            base.set(key, value);
        }
    }

    private static Iterable<String> names(ObjectNode node) {
        return node::fieldNames;
    }

    private static long lineOf(String key, String text) {
        long line = 1;
        for (String each : text.split("\n", -1)) {
            if (each.strip().startsWith(key + ":")) {
                return line;
            }
            line++;
        }
        return 1;
    }

    private static String unknownKey(Path file, UnrecognizedPropertyException unknown) {
        return file
                + ": there is no key "
                + unknown.getPropertyName()
                + " here; there are "
                + unknown.getKnownPropertyIds();
    }

    private static String path(JsonMappingException wrong) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : wrong.getPath()) {
            path.append(path.isEmpty() ? "" : ".");
            path.append(
                    step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : step.getFieldName());
        }
        return path.toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static GatewayConfig overridden(GatewayConfig config, Map<String, String> environment) {
        GatewayConfig changed = config;
        String host = environment.getOrDefault("DROVER_LISTEN_HOST", config.listen().host());
        String port = environment.getOrDefault("DROVER_LISTEN_PORT", "" + config.listen().port());
        try {
            changed = changed.listeningOn(host, Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw new StartFailure("DROVER_LISTEN_PORT is " + port + ", which is no port", e);
        }
        if (environment.containsKey("DROVER_STORE_DIRECTORY")) {
            changed = changed.storedIn(Path.of(environment.get("DROVER_STORE_DIRECTORY")));
        }
        if (environment.containsKey("DROVER_LOG_LEVEL")) {
            changed = changed.loggingAt(environment.get("DROVER_LOG_LEVEL"));
        }
        return changed;
    }

    private static GatewayConfig checked(GatewayConfig config, String source) {
        GatewayConfig.Listen listen = config.listen();
        if (listen.port() < 0 || listen.port() > 65_535) {
            throw new StartFailure(
                    source + ": listen.port is " + listen.port() + "; 0 to 65535 are ports");
        }
        if (listen.maxRequestBytes() < 1024) {
            throw new StartFailure(
                    source
                            + ": listen.max_request_bytes is "
                            + listen.maxRequestBytes()
                            + "; at least 1024");
        }
        if (!LEVELS.contains(config.log().level())) {
            throw new StartFailure(
                    source
                            + ": log.level is "
                            + config.log().level()
                            + "; one of error, warn, info, debug, trace");
        }
        if (config.shutdownSeconds() < 0) {
            throw new StartFailure(
                    source + ": shutdown_seconds is " + config.shutdownSeconds() + "; 0 or more");
        }
        return config;
    }
}
