package dev.drover.gateway.api.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of a {@code google.api.http} rule, for example {@code
 * /v1/{environment.name=projects/*}/environments:watch}. Router and OpenAPI document both read it.
 */
public final class PathTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_.]+)(?:=([^}]*))?}");

    private final String source;
    private final List<Part> parts;
    private final Pattern regex;

    /** A piece of a template. */
    public sealed interface Part {
        /** Text that stands there as it is. */
        record Literal(String text) implements Part {}

        /**
         * What is taken from the path.
         *
         * @param field path of the field it goes to
         * @param pattern what it may be: segments, {@code *} for one, {@code **} for any number
         */
        record Variable(String field, String pattern) implements Part {}
    }

    private PathTemplate(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
        this.regex = Pattern.compile(regex(parts));
    }

    /** Reads a template. */
    public static PathTemplate parse(String source) {
        List<Part> parts = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(source);
        int at = 0;
        while (variables.find()) {
            parts.add(new Part.Literal(source.substring(at, variables.start())));
            String pattern = variables.group(2);
            parts.add(new Part.Variable(variables.group(1), pattern == null ? "*" : pattern));
            at = variables.end();
        }
        parts.add(new Part.Literal(source.substring(at)));
        return new PathTemplate(source, parts);
    }

    /** Its pieces in order. */
    public List<Part> parts() {
        return parts;
    }

    /**
     * What a path gives for the variables, still percent-encoded; empty where it does not match.
     *
     * @param path as it stood in the request line, without the query
     */
    public Optional<Map<String, String>> match(String path) {
        Matcher match = regex.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        int group = 1;
        for (Part part : parts) {
            if (part instanceof Part.Variable variable) {
                values.put(variable.field(), match.group(group++));
            }
        }
        return Optional.of(values);
    }

    private static String regex(List<Part> parts) {
        StringBuilder regex = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> regex.append(Pattern.quote(literal.text()));
                case Part.Variable variable ->
                        regex.append('(').append(segments(variable.pattern())).append(')');
            }
        }
        return regex.toString();
    }

    // A colon begins a custom verb, so no variable may swallow it.
    private static String segments(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String segment : pattern.split("/", -1)) {
            regex.append(regex.isEmpty() ? "" : "/")
                    .append(
                            switch (segment) {
                                case "*" -> "[^/:]+";
                                case "**" -> "[^:]+";
                                default -> Pattern.quote(segment);
                            });
        }
        return regex.toString();
    }

    @Override
    public String toString() {
        return source;
    }
}
