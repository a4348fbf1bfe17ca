package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check}, which asks no gateway. */
class PolicyCheckTest {
    @TempDir Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void allThatIsWrongIsToldWithItsPlace() throws IOException {
        String file =
                file(
                        "prod.yaml",
                        """
                        name: policies/prod
                        rules:
                        - id: few
                          expression: {expression: 'plan.place <= "10"'}
                        - id: tagged
                          expression:
                            expression: |
                              plan.images.all(image,
                                image.tagg != "latest")
                        - id: Owners
                          approval: {count: 0, grups: [owners]}
                          enforcement: HARD
                        ---
                        name: calendars/frozen
                        zone: Europe/Berlim
                        windows: [{start: '2026-12-24', rrule: 'FREQ=DAILLY'}]
                        """);

        Answer answer = Drover.plain("policy", "check", file).exits(1);

        assertThat(answer.out().replace(file, "FILE").lines())
                .containsExactly(
                        "FILE:11:24: policies/prod: rules[2].approval: there is no field grups; did you mean groups?",
                        "FILE:12:16: policies/prod: rules[2].enforcement: \"HARD\" does not fit: it is one of ENFORCE, WARN, SHADOW",
                        "FILE:4:40: policies/prod: rules[0].expression.expression: line 1, column 12: `<=` compares two numbers, texts, timestamps or durations, but got (int, string); `string(...)` makes text of a number",
                        "    plan.place <= \"10\"",
                        "               ^",
                        "FILE:9:15: policies/prod: rules[1].expression.expression: line 2, column 9: there is no field `tagg`; did you mean `tag`?",
                        "      image.tagg != \"latest\")",
                        "            ^",
                        "FILE:10:7: policies/prod: rules[2].id: \"Owners\" must match [a-z][a-z0-9-]{0,62}",
                        "FILE:11:21: policies/prod: rules[2].approval.count: is required",
                        "FILE:15:7: calendars/frozen: zone: \"Europe/Berlim\" is no zone of the IANA database; did you mean \"Europe/Berlin\"?",
                        "FILE:16:46: calendars/frozen: windows[0].rrule: line 1, column 6: \"DAILLY\" is no frequency of windows; DAILY, WEEKLY, MONTHLY or YEARLY, with BYHOUR and BYMINUTE for several a day",
                        "    FREQ=DAILLY",
                        "         ^",
                        "8 problems in 2 documents");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void problemsAreOneDocumentForPrograms() throws IOException {
        String file =
                file(
                        "prod.json",
                        """
                        [{"name": "policies/a", "rules": [{"id": "r", "expression": {"expression": "true"}}]},
                         {"name": "policies/b", "rules": [{"id": "r", "expression": {"expression": "plan.placed == 0"}},
                                                          "none"]}]
                        """);

        JsonNode json = Drover.plain("policy", "check", file, "-o", "json").exits(1).json();

        assertThat(json.path("documents")).hasSize(2);
        assertThat(json.path("documents").path(1).path("kind").asText()).isEqualTo("policy");
        assertThat(json.path("problems")).hasSize(1);
        assertThat(json.path("problems").path(0).path("message").asText())
                .isEqualTo("rules[1] holds fields");
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("\"none\"", "{}"));
        JsonNode problem =
                Drover.plain("policy", "check", file, "-o", "json")
                        .exits(1)
                        .json()
                        .path("problems")
                        .path(0);
        assertThat(problem.path("severity").asText()).isEqualTo("ERROR");
        assertThat(problem.path("name").asText()).isEqualTo("policies/b");
        assertThat(problem.path("field").asText()).isEqualTo("rules[0].expression.expression");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(82);
        assertThat(problem.path("textLine").asInt()).isEqualTo(1);
        assertThat(problem.path("textColumn").asInt()).isEqualTo(6);
        assertThat(problem.path("message").asText())
                .contains("there is no field `placed`; did you mean `place`?");
        assertThat(problem.path("excerpt").asText()).isEqualTo("plan.placed == 0\n     ^");
    }

    @Test
    void rightFilesAreRightTogether() throws IOException {
        String one =
                file(
                        "one.yaml",
                        "name: prod\nrules: [{id: ok, expression: {expression: 'true'}}]\n");
        String other =
                """
                name: shop/smoke
                http: {url: 'http://web.example/healthz', success_condition: status == 200}
                ---
                name: frozen
                zone: UTC
                windows: [{start: '2026-12-24'}]
                """;

        assertThat(Drover.with().reading(other, "policy", "check", one, "-").exits(0).line())
                .isEqualTo("3 documents are right");
    }

    @Test
    void filesThatAreNoneAreToldToo() throws IOException {
        String broken = file("broken.yaml", "name: prod\nrules: [{id: ok\n");
        String empty = file("empty.yaml", "");
        String other = file("other.yaml", "name: projects/shop\n");
        String wrong = file("wrong.yaml", "name: projects/a/b\nrules: []\n");
        String text = file("text.yaml", "true\n");

        assertThat(
                        Drover.plain("policy", "check", broken, empty, other, wrong, text)
                                .exits(1)
                                .out())
                .contains(
                        broken + ":2:16: this is neither YAML nor JSON: ",
                        empty + ": holds no document",
                        other
                                + ":1:1: projects/shop: is a project; here are policies, calendars and verifications",
                        wrong + ":1:1: projects/a/b: name: must be like policies/{policy}",
                        text + ":1:1: a document holds fields",
                        "problems in 1 document");
        assertThat(Drover.plain("policy", "check", "no.yaml").exits(1).err())
                .isEqualTo("Error: the file no.yaml does not exist\n");
    }
}
