package dev.drover.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.gateway.api.dispatch.ApiLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static ServedApi api;

    @BeforeAll
    static void serve() {
        api = new ServedApi(new ProjectsInMemory().methods(), ApiLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static JsonNode document() throws Exception {
        return JSON.readTree(
                api.send(
                                HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:" + api.port + "/openapi.json")))
                        .body());
    }

    @Test
    void openApiDocumentDescribesEveryRoute() throws Exception {
        JsonNode paths = document().path("paths");

        assertThat(paths.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("/v1/projects", "/v1/projects/{project}", "/v1/projects:watch");
        JsonNode get = paths.path("/v1/projects/{project}").path("get");
        assertThat(get.path("operationId").asText()).isEqualTo("ProjectService_GetProject");
        assertThat(get.path("description").asText()).contains("Needs access level VIEWER");
        assertThat(get.path("parameters").path(0).path("name").asText()).isEqualTo("project");
        assertThat(
                        paths.path("/v1/projects")
                                .path("get")
                                .path("parameters")
                                .findValuesAsText("name"))
                .containsExactly("pageSize", "pageToken", "filter", "orderBy");
        assertThat(paths.path("/v1/projects:watch").path("get").toString())
                .contains("application/x-ndjson")
                .contains("text/event-stream");
    }

    @Test
    void openApiSchemasCarryCommentsAndBehaviour() throws Exception {
        JsonNode schemas = document().path("components").path("schemas");

        JsonNode project = schemas.path("Project").path("properties");
        assertThat(project.path("uid").path("readOnly").asBoolean()).isTrue();
        assertThat(project.path("labels").path("description").asText())
                .isEqualTo("Labels for filters and selectors.");
        assertThat(project.path("createTime").path("format").asText()).isEqualTo("date-time");
        assertThat(schemas.has("google.rpc.Status")).isTrue();
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhereAndIdsAreUnique() throws Exception {
        JsonNode document = document();
        for (String reference : new HashSet<>(document.findValuesAsText("$ref"))) {
            assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
        }
        List<String> ids = document.findValuesAsText("operationId");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Set.copyOf(ids)).contains("ProjectService_WatchProjects");
    }

    @Test
    void metricsNeedATokenAndCountCalls() throws Exception {
        assertThat(
                        api.send(
                                        HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + api.port
                                                                + "/metrics")))
                                .statusCode())
                .isEqualTo(401);
        api.send(api.request("/v1/projects", "viewer-token"));

        assertThat(api.send(api.request("/metrics", "viewer-token")).body())
                .contains("drover_calls_seconds_bucket{code=\"OK\"")
                .contains("method=\"drover.v1.ProjectService/ListProjects\"");
    }

    @Test
    void pagesOfOtherOriginsMayNotCall() throws Exception {
        var answer =
                api.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + api.port + "/v1/projects"))
                                .header("Origin", "https://evil.example")
                                .header("Access-Control-Request-Method", "GET")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
}
