package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code apply} says of files, good and bad. */
class ApplyTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    @TempDir Path directory;

    private final Drover drover = GATEWAY.in("apply");

    private Answer apply(String noun, String text, String... more) {
        return drover.and(more).reading(text, "apply", noun, "-f", "-");
    }

    @Test
    void changeIsToldAndRehearsalChangesNothing() {
        String first = "name: projects/change\ndisplay_name: One\n";
        String second = "name: projects/change\ndisplay_name: Two\n";
        assertThat(apply("project", first, "--validate-only").exits(0).line())
                .isEqualTo("projects/change would be created");
        drover.run("get", "project", "change").exits(1);
        assertThat(apply("project", first).exits(0).line()).isEqualTo("projects/change created");
        assertThat(apply("project", second, "--validate-only").exits(0).line())
                .isEqualTo("projects/change would be changed");
        assertThat(apply("project", first, "--validate-only").exits(0).line())
                .isEqualTo("projects/change unchanged");
        assertThat(apply("project", second).exits(0).line()).isEqualTo("projects/change changed");
        assertThat(apply("project", "name: projects/change").exits(0).line())
                .isEqualTo("projects/change changed");
        assertThat(drover.run("get", "project", "change").json().has("displayName")).isFalse();
    }

    @Test
    void jsonWithTabsAndSeveralDocumentsIsRead() throws Exception {
        Path file = directory.resolve("two.json");
        Files.writeString(
                file,
                "{\n\t\"name\": \"projects/tab-a\"}\n{\"name\": \"projects/tab-b\", \"displayName\": \"B\"}");
        assertThat(drover.run("apply", "project", "-f", file.toString()).exits(0).out().lines())
                .containsExactly("projects/tab-a created", "projects/tab-b created");
        assertThat(apply("project", "[{\"name\": \"projects/tab-a\"}]").exits(0).line())
                .isEqualTo("projects/tab-a unchanged");
    }

    /** Each mistake with the place where it is told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    name: p\\ndisplay_nam: x           |2:1: there is no field display_nam; did you mean display_name or displayName?
                    name: p\\nzzz: x                   |2:1: there is no field zzz
                    {"name": "p",\\n "labels": [1]}    |2:12: labels holds keys with values
                    name: p\\nowners: me               |2:9: owners holds a list
                    name: p\\nlabels: {a: [b]}         |2:13: labels[a]: ["b"] does not fit: it is text
                    name: [p]                          |1:7: name: ["p"] does not fit: it is text
                    just text                          |1:1: a document holds fields
                    name: p\\nname: q                  |2:5: this is neither YAML nor JSON: Duplicate field 'name'
                    name: p\\n  bad: indent            |2:6: this is neither YAML nor JSON: mapping values are not allowed here
                    {"name": "p",}                     |1:14: this is neither YAML nor JSON
                    display_name: x                    |standard input: each document needs a name like projects/{project}
                    # nothing                          |standard input holds nothing to apply
                    """)
    void mistakeIsToldWithItsPlace(String text, String told) {
        Answer answer = apply("project", text.strip().replace("\\n", "\n")).exits(1);

        assertThat(answer.err()).startsWith("Error: ").contains(told);
        assertThat(answer.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void valuesOfEveryTypeAreHeldAgainstTheirFields() {
        assertThat(
                        apply(
                                        "application",
                                        "name: a\nstrategy:\n  canary: {count: 1, promotion: LATER}\n")
                                .exits(1)
                                .err())
                .contains(
                        "standard input:3:33: strategy.canary.promotion: \"LATER\" does not fit:"
                                + " it is one of WHEN_HEALTHY, BY_HAND");
        assertThat(apply("application", "name: a\njobs:\n- {id: web, wave: soon}").exits(1).err())
                .contains("3:19: jobs[0].wave: \"soon\" does not fit: it is a whole number");
        assertThat(
                        apply(
                                        "environment",
                                        "name: e\njob_baseline: {update: {min_healthy_time: 5}}")
                                .exits(1)
                                .err())
                .contains("it is seconds, like 30s");
    }

    @Test
    void nothingIsChangedWhenALaterDocumentCannotBeRead() {
        Answer answer =
                apply("project", "name: projects/half-a\n---\nname: projects/half-b\nx: 1\n");
        assertThat(answer.exits(1).err()).contains("standard input:4:1: there is no field x");
        drover.run("get", "project", "half-a").exits(1);
    }

    @Test
    void strategyThatCannotBeMeantIsRefusedAtItsStep() {
        apply("project", "name: projects/steps\n").exits(0);
        String application =
                """
                name: projects/steps/applications/web
                pipeline: projects/steps/pipelines/main
                jobs: [{id: web}, {id: db, wave: 2}]
                strategy: {canary: {steps: [{percent: 50}, {percent: 10}]}}
                """;
        assertThat(apply("application", application).exits(1).err())
                .startsWith("Error: standard input: projects/steps/applications/web: ")
                .contains(
                        "application.strategy.canary.steps[1].percent: 10 does not go beyond the 50",
                        "application.jobs[1].wave: 2 follows 0, and wave 1 has no jobs");
    }

    @Test
    void refusalNamesTheDocumentAndKeepsWhatWasDone() {
        Answer answer =
                apply(
                        "serviceAccount",
                        "name: serviceAccounts/kept\naccess_level: VIEWER\n---\nname: serviceAccounts/lost\n",
                        "-o",
                        "json");
        assertThat(answer.exits(1).err())
                .startsWith(
                        "Error: standard input: serviceAccounts/lost: service_account.access_level: is required\n")
                .contains("(INVALID_FIELD, request ");
        assertThat(answer.json()).hasSize(1);
        assertThat(answer.json().path(0).path("name").asText()).isEqualTo("serviceAccounts/kept");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        assertThat(drover.run("apply", "project", "-f", "no.yaml").exits(1).err())
                .isEqualTo("Error: the file no.yaml does not exist\n");
        assertThat(drover.run("apply", "project", "-f", directory.toString()).exits(1).err())
                .isEqualTo("Error: the file " + directory + " is a directory\n");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0x00});
        assertThat(drover.run("apply", "project", "-f", binary.toString()).exits(1).err())
                .isEqualTo("Error: the file " + binary + " is not UTF-8 text\n");
        assertThat(drover.run("apply", "project").exits(1).err())
                .contains("Missing required option: '--file=FILE'", "drover apply --help");
        assertThat(drover.run("apply", "release", "-f", "x").exits(1).err())
                .contains("releases have no Update");
    }
}
