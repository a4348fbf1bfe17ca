package dev.drover.gateway.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    private static Map<String, String> match(String template, String path) {
        return PathTemplate.parse(template).match(path).orElse(Map.of("no", "match"));
    }

    @Test
    void variableTakesWholeSegments() {
        String template = "/v1/{name=projects/*/environments/*}";

        assertThat(match(template, "/v1/projects/shop/environments/prod"))
                .containsExactly(Map.entry("name", "projects/shop/environments/prod"));
        assertThat(match(template, "/v1/projects/shop/environments/")).containsKey("no");
        assertThat(match(template, "/v1/projects/shop/environments/a/b")).containsKey("no");
        assertThat(match(template, "/v1/projects//environments/a")).containsKey("no");
    }

    @Test
    void verbBelongsToNoVariable() {
        assertThat(
                        match(
                                "/v1/{name=projects/*/promotions/*}",
                                "/v1/projects/a/promotions/b:approve"))
                .containsKey("no");
        assertThat(
                        match(
                                "/v1/{name=projects/*/promotions/*}:approve",
                                "/v1/projects/a/promotions/b:approve"))
                .containsEntry("name", "projects/a/promotions/b");
        assertThat(
                        match(
                                "/v1/{parent=projects/*}/promotions:watch",
                                "/v1/projects/a/promotions:watch"))
                .containsEntry("parent", "projects/a");
    }

    @Test
    void nestedFieldAndDoubleWildcardAndBareVariable() {
        assertThat(match("/v1/{project.name=projects/*}", "/v1/projects/a"))
                .containsEntry("project.name", "projects/a");
        assertThat(match("/v1/{name=operations/**}", "/v1/operations/a/b/c"))
                .containsEntry("name", "operations/a/b/c");
        assertThat(match("/v1/{id}/x", "/v1/a/x")).containsEntry("id", "a");
        assertThat(match("/v1/{name=operations}", "/v1/operations"))
                .containsEntry("name", "operations");
    }

    @Test
    void encodedTextStaysEncodedUntilItIsTaken() {
        assertThat(match("/v1/{name=projects/*}", "/v1/projects/a%2Fb"))
                .containsEntry("name", "projects/a%2Fb");
        assertThat(QueryParameters.decodePath("projects/a%2Fb+c")).isEqualTo("projects/a/b+c");
    }
}
