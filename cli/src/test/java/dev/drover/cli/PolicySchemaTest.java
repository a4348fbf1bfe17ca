package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code policy schema}. */
class PolicySchemaTest {
    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void editorsAreToldVariablesTypesAndFunctions() {
        JsonNode schema = Drover.plain("policy", "schema", "-o", "json").exits(0).json();

        assertThat(schema.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(schema.path("droverVersion").asText()).isNotEmpty();
        assertThat(named(schema.path("variables"), "plan").path("type").asText())
                .isEqualTo("PlanFacts");
        JsonNode place = named(schema.path("types").path("PlanFacts"), "place");
        assertThat(place.path("type").asText()).isEqualTo("int");
        assertThat(place.path("description").asText())
                .isEqualTo("Allocations that would be placed.");
        assertThat(
                        named(schema.path("types").path("HistoryFacts"), "environments")
                                .path("type")
                                .asText())
                .isEqualTo("map(string, EnvironmentHistory)");
        JsonNode glob = named(schema.path("functions"), "glob");
        assertThat(glob.path("signatures").path(0).asText())
                .isEqualTo("string.glob(string) -> bool");
        assertThat(named(schema.path("macros"), "all").path("signatures").path(0).asText())
                .isEqualTo("list.all(x, condition)");
        assertThat(schema.path("types"))
                .allSatisfy(fields ->
                        assertThat(fields)
                                .allSatisfy(field ->
                                        assertThat(field.path("description").asText())
                                                .as(field.toString())
                                                .endsWith(".")));
    }

    @Test
    void peopleAreToldTheSameInTables() {
        assertThat(Drover.plain("policy", "schema").exits(0).out().lines())
                .anyMatch(line ->
                        line.matches("plan\\.place +int +Allocations that would be placed\\."))
                .anyMatch(line -> line.matches("tag +string +The tag; .*"))
                .anyMatch(line ->
                        line.matches("string\\.isSemver\\(\\) -> bool +Whether the text is a .*"));
    }
}
