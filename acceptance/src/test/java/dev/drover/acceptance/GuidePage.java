package dev.drover.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code hcl} blocks of one page as a configuration that can be applied. A line {@code # ...}
 * in a resource stands for what its type needs and the example does not say; resources that are
 * referred to and not shown are made with just that.
 *
 * @param id of the page, in lower case
 * @param examples all of its blocks
 */
record GuidePage(String id, String examples) {
    private static final Pattern BLOCK = Pattern.compile("```hcl\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern RESOURCE =
            Pattern.compile("(?m)^resource \"(\\w+)\" \"(\\w+)\" \\{\n(.*?)^}", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("\\b(drover_\\w+)\\.(\\w+)\\.");
    private static final Pattern REST = Pattern.compile("(?m)^  # \\.\\.\\.\n");
    private static final Pattern NAME = Pattern.compile("(?m)^(  name +)= \"([^\"]+)\"$");

    /** What each type needs, by attribute; NAME and PAGE are put in. */
    private static final Map<String, Map<String, String>> NEEDED =
            Map.of(
                    "drover_project", Map.of("name", "\"NAME-PAGE\""),
                    "drover_cluster",
                            Map.of("name", "\"NAME\"", "servers", "[\"http://127.0.0.1:4646\"]"),
                    "drover_environment",
                            Map.of(
                                    "project", "\"shop\"",
                                    "name", "\"NAME\"",
                                    "namespace", "\"NAME\"",
                                    "cluster", "drover_cluster.local.id"),
                    "drover_pipeline",
                            Map.of(
                                    "project",
                                    "\"shop\"",
                                    "name",
                                    "\"NAME\"",
                                    "stages",
                                    "[{ id = \"prod\", environments = [drover_environment.prod.id] }]"),
                    "drover_application",
                            Map.of(
                                    "project", "\"shop\"",
                                    "name", "\"NAME\"",
                                    "pipeline", "drover_pipeline.main.id",
                                    "jobs", "[{ id = \"NAME\" }]"));

    static GuidePage read(Path file) {
        String name = file.getFileName().toString().replace(".md", "");
        try {
            return new GuidePage(
                    name.toLowerCase(Locale.ROOT),
                    BLOCK.matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group(1))
                            .collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasExamples() {
        return !examples.isBlank();
    }

    /** The resources of all blocks, and what they need. */
    String configuration() {
        Map<String, String> resources = new LinkedHashMap<>();
        String rest =
                RESOURCE.matcher(examples)
                        .replaceAll(match -> {
                            if (resources.put(address(match), body(match)) != null) {
                                throw new AssertionError(
                                        id + " shows " + address(match) + " twice");
                            }
                            return "";
                        });
        if (!rest.isBlank()) {
            throw new AssertionError(id + " has hcl that is no resource: " + rest);
        }
        for (Optional<String> missing = missing(resources);
                missing.isPresent();
                missing = missing(resources)) {
            String[] parts = missing.get().split("\\.", 2);
            resources.put(missing.get(), here(parts[0], needed(parts[0], parts[1], "")));
        }
        return resources.entrySet().stream()
                .map(GuidePage::resource)
                .collect(Collectors.joining("\n"));
    }

    private static String address(MatchResult resource) {
        return resource.group(1) + "." + resource.group(2);
    }

    private static String resource(Entry<String, String> one) {
        String[] parts = one.getKey().split("\\.", 2);
        return "resource \"%s\" \"%s\" {\n%s}\n".formatted(parts[0], parts[1], one.getValue());
    }

    private String body(MatchResult resource) {
        String type = resource.group(1);
        String body = resource.group(3);
        Matcher rest = REST.matcher(body);
        return here(
                type,
                rest.find()
                        ? rest.replaceFirst(
                                Matcher.quoteReplacement(needed(type, resource.group(2), body)))
                        : body);
    }

    private String needed(String type, String name, String said) {
        Map<String, String> needed = NEEDED.get(type);
        if (needed == null) {
            throw new AssertionError(id + " leaves out what a " + type + " needs: " + name);
        }
        return needed.entrySet().stream()
                .filter(one -> !said.contains("\n  " + one.getKey() + " "))
                .map(one -> "  " + one.getKey() + " = " + one.getValue() + "\n")
                .collect(Collectors.joining())
                .replace("NAME", name)
                .replace("PAGE", id);
    }

    /** In the page's own project, in the order of Terraform; and names that no other page has. */
    private String here(String type, String body) {
        String inside =
                body.replace("project = \"shop\"", "project = drover_project.shop.name")
                        .replaceAll("project( +)= \"shop\"", "project = drover_project.shop.name")
                        .replace("\"projects/shop/pipelines/main\"", "drover_pipeline.main.id");
        return type.equals("drover_policy") || type.equals("drover_cluster")
                ? NAME.matcher(inside).replaceFirst("$1= \"$2-" + id + "\"")
                : inside;
    }

    private static Optional<String> missing(Map<String, String> resources) {
        return resources.values().stream()
                .flatMap(body -> REFERENCE.matcher(body).results())
                .map(GuidePage::address)
                .filter(address -> !resources.containsKey(address))
                .findFirst();
    }
}
