package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code get}, {@code list}, {@code apply} and {@code delete} of every declarative noun. */
class NounCommandsTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    @TempDir Path directory;

    @Test
    void everyDeclarativeNounIsSampled() {
        assertThat(Samples.baseline("x").keySet())
                .containsExactlyInAnyOrderElementsOf(new NounWords.Applied());
    }

    @Test
    void everyNounIsAppliedReadListedAndDeleted() throws Exception {
        Drover drover = GATEWAY.in("crud");
        Map<String, String> samples = Samples.baseline("crud");
        for (Map.Entry<String, String> sample : samples.entrySet()) {
            String noun = sample.getKey();
            String name = Samples.name(sample.getValue());
            Path file = Files.writeString(directory.resolve(noun + ".yaml"), sample.getValue());

            assertThat(apply(drover, noun, file)).isEqualTo(name + " created");
            assertThat(apply(drover, noun, file)).isEqualTo(name + " unchanged");
            assertThat(drover.run("get", noun, name).exits(0).json().path("name").asText())
                    .isEqualTo(name);
            assertThat(drover.run("list", Noun.of(noun).plural()).exits(0).out())
                    .startsWith("NAME ")
                    .contains("UPDATED (UTC)", name);
        }
        List<Map.Entry<String, String>> backwards = new ArrayList<>(samples.entrySet());
        for (Map.Entry<String, String> sample : backwards.reversed()) {
            String name = Samples.name(sample.getValue());
            assertThat(drover.run("delete", sample.getKey(), name).exits(0).line())
                    .isEqualTo(name + " deleted");
            assertThat(drover.run("get", sample.getKey(), name).exits(1).err())
                    .startsWith("Error: ")
                    .contains(name, "NOT_FOUND");
        }
    }

    @Test
    void jsonAnswersOfEveryNounAreOneDocument() {
        Drover drover = GATEWAY.in("json").and("--output", "json");
        Map<String, String> samples = Samples.baseline("json");
        samples.forEach((noun, text) -> {
            String name = Samples.name(text);
            var applied = drover.reading(text, "apply", noun, "-f", "-").exits(0);
            assertThat(applied.json()).hasSize(1);
            assertThat(applied.json().path(0).path("name").asText()).isEqualTo(name);
            assertThat(applied.err()).isEmpty();
            assertThat(drover.run("get", noun, name).exits(0).json().path("etag").asText())
                    .isNotEmpty();
            assertThat(drover.run("list", noun).exits(0).json().findValuesAsText("name"))
                    .contains(name);
        });
        assertThat(drover.run("list", "applications", "--filter", "name = \"no\"").json())
                .isEmpty();
        assertThat(drover.run("delete", "application", "shop").exits(0).json().isObject()).isTrue();
    }

    @Test
    void shortNamesAreInTheProjectOfTheCall() {
        Drover drover = GATEWAY.in("short");
        Samples.baseline("short")
                .forEach((noun, text) -> drover.reading(text, "apply", noun, "-f", "-").exits(0));

        assertThat(drover.run("get", "environment", "staging").exits(0).out())
                .contains("projects/short/environments/staging");
        assertThat(drover.run("get", "environment", "short/staging").exits(0).out())
                .contains("projects/short/environments/staging");
        assertThat(drover.run("get", "environment", "a/b/c").exits(1).err())
                .contains("a/b/c names no environment")
                .contains("projects/{project}/environments/{environment}");
        assertThat(GATEWAY.in("short").run("get", "environment", "clusters/short").exits(1).err())
                .contains("clusters/short names no environment");
        Answer nowhere =
                Drover.with("--address", GATEWAY.address(), "--token", LiveGateway.TOKEN)
                        .run("get", "environment", "staging");
        assertThat(nowhere.exits(1).err()).contains("--project ID", "DROVER_PROJECT");
    }

    @Test
    void listFiltersOrdersAndLimits() {
        Drover drover = GATEWAY.in("many");
        drover.reading("name: projects/many", "apply", "project", "-f", "-").exits(0);
        drover.reading(
                        "{name: clusters/many, servers: ['http://127.0.0.1:1']}",
                        "apply",
                        "cluster",
                        "-f",
                        "-")
                .exits(0);
        StringBuilder several = new StringBuilder();
        for (String id : List.of("a", "b", "c")) {
            several.append("---\nname: ")
                    .append(id)
                    .append("\ncluster: clusters/many\nnamespace: ")
                    .append(id)
                    .append("\nlabels: {letter: ")
                    .append(id)
                    .append("}\n");
        }
        assertThat(
                        drover.reading(several.toString(), "apply", "environments", "-f", "-")
                                .exits(0)
                                .out()
                                .lines())
                .containsExactly(
                        "projects/many/environments/a created",
                        "projects/many/environments/b created",
                        "projects/many/environments/c created");

        assertThat(names(drover.run("list", "environments", "--order-by", "name desc")))
                .containsExactly("c", "b", "a");
        assertThat(names(drover.run("list", "environments", "--filter", "labels.letter = \"b\"")))
                .containsExactly("b");
        Answer cut = drover.run("list", "environments", "--limit", "2");
        assertThat(names(cut)).containsExactly("a", "b");
        assertThat(cut.err()).contains("more than 2").contains("--limit");
        assertThat(drover.run("list", "environments", "--limit", "0").exits(1).err())
                .contains("--limit is 0");
        Answer none = drover.run("list", "pipelines").exits(0);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("There are no pipelines.");
        // What was listed can be applied: nothing changes.
        String listed = drover.run("list", "environments", "-o", "json").exits(0).out();
        assertThat(drover.reading(listed, "apply", "environment", "-f", "-").exits(0).out().lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @Test
    void deleteHeedsTheEtagAndReferences() {
        Drover drover = GATEWAY.in("guard");
        Samples.baseline("guard")
                .forEach((noun, text) -> drover.reading(text, "apply", noun, "-f", "-").exits(0));

        assertThat(drover.run("delete", "pipeline", "main").exits(1).err())
                .contains("projects/guard/applications/shop", "STILL_REFERENCED");
        assertThat(
                        drover.run("delete", "application", "shop", "--etag", "no-such-etag")
                                .exits(1)
                                .err())
                .contains("ETAG_MISMATCH");
        String etag = drover.run("get", "application", "shop").json().path("etag").asText();
        drover.run("delete", "application", "shop", "--etag", etag).exits(0);
    }

    @Test
    void unknownNounIsAnsweredWithTheNearest() {
        assertThat(GATEWAY.in("x").run("get", "enviroment", "prod").exits(1).err())
                .startsWith("Error: there is no noun enviroment; did you mean environment?")
                .contains("The nouns are project, cluster, environment");
        assertThat(GATEWAY.in("x").run("list", "zebras").exits(1).err())
                .startsWith("Error: there is no noun zebras\n");
        assertThat(GATEWAY.in("x").run("delete", "releases", "a/b").exits(1).err())
                .startsWith("Error: releases have no Delete; this command is for projects, ");
        for (String spelling : List.of("service-account", "SERVICEACCOUNTS", "service_account")) {
            GATEWAY.in("x").run("list", spelling).exits(0);
        }
    }

    private static String apply(Drover drover, String noun, Path file) {
        return drover.run("apply", noun, "--file", file.toString()).exits(0).line();
    }

    private static List<String> names(Answer answer) {
        return answer.exits(0)
                .out()
                .lines()
                .skip(1)
                .map(line -> Names.id(line.split(" ", 2)[0]))
                .toList();
    }
}
