package dev.drover.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.v1.ListProjectsRequest;
import dev.drover.v1.UpdateProjectRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JSON over HTTP, with the JDK's own client. */
class HttpFaceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProjectsInMemory PROJECTS = new ProjectsInMemory();
    private static ServedApi api;

    @BeforeAll
    static void serve() {
        api = new ServedApi(PROJECTS.methods(), ApiLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return api.send(api.request(path, "viewer-token"));
    }

    private static HttpResponse<String> send(String verb, String path, String body)
            throws IOException, InterruptedException {
        return api.send(
                api.request(path, "admin-token")
                        .header("content-type", "application/json; charset=utf-8")
                        .method(verb, BodyPublishers.ofString(body)));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String reason)
            throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("application/json");
        JsonNode info = JSON.readTree(response.body()).path("details").path(0);
        assertThat(info.path("@type").asText())
                .isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(info.path("reason").asText()).isEqualTo(reason);
    }

    private static String message(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).path("message").asText();
    }

    @Test
    void createdProjectCanBeRead() throws Exception {
        HttpResponse<String> created =
                send("POST", "/v1/projects?projectId=shop", "{\"displayName\": \"Shop\"}");
        HttpResponse<String> read = get("/v1/projects/shop");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        assertThat(JSON.readTree(read.body()).path("displayName").asText()).isEqualTo("Shop");
    }

    @Test
    void nameInThePathWinsOverTheBody() throws Exception {
        HttpResponse<String> updated =
                send("PATCH", "/v1/projects/shop", "{\"name\": \"projects/other\"}");

        assertThat(JSON.readTree(updated.body()).path("name").asText()).isEqualTo("projects/shop");
    }

    @Test
    void maskIsMadeOfTheFieldsThatTheBodyNames() throws Exception {
        send(
                "PATCH",
                "/v1/projects/mask",
                "{\"displayName\": \"\", \"etag\": \"x\", \"uid\": \"u\", \"labels\": {}}");

        assertThat(last(UpdateProjectRequest.class).getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("display_name", "labels");
    }

    @Test
    void maskInTheQueryReplacesTheOneOfTheBody() throws Exception {
        send("PATCH", "/v1/projects/mask?updateMask=displayName", "{\"labels\": {\"a\": \"b\"}}");

        assertThat(last(UpdateProjectRequest.class).getUpdateMask().getPathsList())
                .containsExactly("display_name");
    }

    @Test
    void parametersMayBeWrittenBothWays() throws Exception {
        get("/v1/projects?page_size=7&pageToken=a%2Bb+c");

        assertThat(last(ListProjectsRequest.class).getPageSize()).isEqualTo(7);
        assertThat(last(ListProjectsRequest.class).getPageToken()).isEqualTo("a+b c");
    }

    @Test
    void mistypedParameterIsNamed() throws Exception {
        HttpResponse<String> response = get("/v1/projects?fliter=x");

        assertRefused(response, 400, "UNKNOWN_FIELD");
        assertThat(message(response)).contains("fliter").contains("did you mean filter?");
    }

    @Test
    void parameterOfTheWrongTypeIsNamed() throws Exception {
        HttpResponse<String> response = get("/v1/projects?pageSize=many");

        assertRefused(response, 400, "INVALID_FIELD");
        assertThat(message(response)).contains("pageSize").contains("many");
    }

    @Test
    void unknownFieldIsNamedWithItsPlace() throws Exception {
        HttpResponse<String> response =
                send("POST", "/v1/projects?projectId=a", "{\n  \"displayNmae\": \"x\"\n}");

        assertRefused(response, 400, "UNKNOWN_FIELD");
        assertThat(message(response))
                .contains("displayNmae")
                .contains("line 2, column 3")
                .contains("did you mean displayName?");
        assertThat(response.body()).contains("project.displayNmae");
    }

    @Test
    void valueOfTheWrongTypeIsNamedWithItsPlace() throws Exception {
        HttpResponse<String> response =
                send("POST", "/v1/projects?projectId=a", "{\"labels\": {\"a\": {}}}");

        assertRefused(response, 400, "INVALID_FIELD");
        assertThat(response.body()).contains("project.labels").contains("line 1, column 2");
    }

    @Test
    void brokenJsonIsToldWithoutClassNames() throws Exception {
        for (String broken : new String[] {"{\"displayName\": ", "{a", "[]", "{} {}", "", "\"x"}) {
            HttpResponse<String> response = send("POST", "/v1/projects?projectId=a", broken);

            assertRefused(response, 400, "MALFORMED_REQUEST");
            assertThat(message(response))
                    .startsWith("the body is not the JSON")
                    .contains("line 1, column")
                    .doesNotContain("java.")
                    .doesNotContain("Exception")
                    .doesNotContain("Source");
        }
    }

    @Test
    void unknownPathIsNotFoundInJson() throws Exception {
        assertRefused(get("/v1/nothing"), 404, "METHOD_NOT_FOUND");
        assertRefused(get("/v1/projects/a/b/c"), 404, "METHOD_NOT_FOUND");
        assertRefused(get("/"), 404, "METHOD_NOT_FOUND");
    }

    @Test
    void wrongVerbTellsTheRightOnes() throws Exception {
        HttpResponse<String> response = send("PUT", "/v1/projects/shop", "{}");

        assertRefused(response, 405, "METHOD_NOT_FOUND");
        assertThat(response.headers().firstValue("allow")).contains("DELETE, GET, PATCH");
    }

    @Test
    void methodThatNobodyImplementsIs501() throws Exception {
        assertRefused(
                api.send(api.request("/v1/projects/a", "admin-token").DELETE()),
                501,
                "METHOD_NOT_FOUND");
    }

    @Test
    void formEncodedBodyIsRefused() throws Exception {
        assertRefused(
                api.send(
                        api.request("/v1/projects?projectId=a", "admin-token")
                                .header("content-type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("{}"))),
                415,
                "MALFORMED_REQUEST");
    }

    @Test
    void callWithoutTokenIs401AndWithoutPermission403() throws Exception {
        HttpResponse<String> nobody =
                api.send(
                        HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + api.port + "/v1/projects")));
        assertRefused(nobody, 401, "NOT_AUTHENTICATED");
        assertThat(nobody.headers().firstValue("www-authenticate")).contains("Bearer");

        assertRefused(
                api.send(
                        api.request("/v1/projects?projectId=a", "viewer-token")
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString("not even JSON"))),
                403,
                "PERMISSION_DENIED");
    }

    @Test
    void largeBodyIs413WithOrWithoutAnnouncedLength() throws Exception {
        byte[] large =
                ("{\"displayName\": \"" + "x".repeat(5_000_000) + "\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (HttpRequest.BodyPublisher body :
                new HttpRequest.BodyPublisher[] {
                    BodyPublishers.ofByteArray(large),
                    BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))
                }) {
            HttpResponse<String> response =
                    api.send(
                            api.request("/v1/projects?projectId=a", "admin-token")
                                    .header("content-type", "application/json")
                                    .POST(body));
            assertRefused(response, 413, "LIMIT_EXCEEDED");
            assertThat(response.body()).contains("4194304");
        }
    }

    @Test
    void faultIsToldByItsIdWhichIsTheCallersOwn() throws Exception {
        HttpResponse<String> response =
                api.send(
                        api.request("/v1/projects/broken", "viewer-token")
                                .header("x-request-id", "my-call-0001"));

        assertRefused(response, 500, "INTERNAL");
        assertThat(message(response)).isEqualTo("internal error, id my-call-0001");
        assertThat(response.headers().firstValue("x-request-id")).contains("my-call-0001");
    }

    @Test
    void indecentRequestIdIsReplaced() throws Exception {
        HttpResponse<String> response =
                api.send(
                        api.request("/v1/projects", "viewer-token")
                                .header("x-request-id", "a b\tc{}"));

        assertThat(response.headers().firstValue("x-request-id").orElse(""))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void streamIsOneObjectPerLine() throws Exception {
        send("POST", "/v1/projects?projectId=shop", "{}");
        HttpResponse<String> watch = watch("");

        assertThat(watch.headers().firstValue("content-type").orElse(""))
                .startsWith("application/x-ndjson");
        assertThat(watch.body().lines().toList())
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue())
                .last()
                .asString()
                .contains("\"heartbeat\":{}");
    }

    @Test
    void earlyErrorOfAStreamIsAnHttpStatus() throws Exception {
        assertRefused(get("/v1/projects:watch?filter=refuse"), 400, "INVALID_FIELD");
    }

    @Test
    void lateErrorOfAStreamIsItsLastLine() throws Exception {
        assertThat(watch("fail-late").body().lines().toList())
                .last()
                .asString()
                .startsWith("{\"error\":{\"code\":5");
    }

    @Test
    void streamComesAsEventsWhereTheCallerAcceptsThem() throws Exception {
        HttpResponse<String> events =
                api.send(
                        api.request("/v1/projects:watch?filter=fail-late", "viewer-token")
                                .header("accept", "text/event-stream"));

        assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(events.body()).startsWith("data: {").contains("\n\nevent: error\ndata: {");
    }

    @Test
    void healthPagesAskForNoToken() throws Exception {
        for (String page : new String[] {"/healthz", "/readyz"}) {
            assertThat(
                            api.send(
                                            HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:" + api.port + page)))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpResponse<String> watch(String filter) throws Exception {
        return api.send(api.request("/v1/projects:watch?filter=" + filter, "viewer-token"));
    }

    private static <T> T last(Class<T> type) {
        return PROJECTS.requests.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
