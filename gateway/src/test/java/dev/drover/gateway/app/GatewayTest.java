package dev.drover.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drover.gateway.api.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway on its embedded store, from outside. */
class GatewayTest {
    @TempDir Path directory;

    private Gateway start(int port) {
        GatewayConfig config =
                ConfigFile.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of(
                                "listen.port",
                                String.valueOf(port),
                                "store.directory",
                                directory.toString()));
        return Gateway.start(config, Optional.of("root-token"), Map.of());
    }

    private static HttpResponse<String> send(Gateway gateway, String verb, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.address() + path))
                        .header("authorization", "Bearer root-token");
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    request.method(verb, BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        try (Gateway gateway = start(0)) {
            assertThat(
                            send(
                                            gateway,
                                            "POST",
                                            "/v1/projects?projectId=shop",
                                            "{\"displayName\": \"Shop\"}")
                                    .statusCode())
                    .isEqualTo(200);
        }
        try (Gateway gateway = start(0)) {
            assertThat(send(gateway, "GET", "/v1/projects/shop", "").body()).contains("\"Shop\"");
            assertThat(send(gateway, "GET", "/v1/auditEntries", "").body())
                    .contains("projects/shop");
            assertThat(send(gateway, "GET", "/v1/caller", "").body()).contains("\"root\"");
            send(gateway, "POST", "/v1/projects?projectId=second", "{}");
            assertThat(send(gateway, "GET", "/metrics", "").body())
                    .contains("drover_calls_seconds_count")
                    .contains("drover_heap_used_bytes")
                    .contains("drover_store_writes_waiting 0.0")
                    .contains("drover_promotions_held 0.0", "drover_rollbacks_failed_total 0.0")
                    .containsPattern("drover_store_wal_bytes [1-9]");
            assertThat(send(gateway, "GET", "/openapi.json", "").body())
                    .contains(
                            "/v1/{operation}:cancel"
                                    .replace("{operation}", "operations/{operation}"));
        }
    }

    @Test
    void patchChangesWhatTheBodyNamesAndNothingElse() throws Exception {
        try (Gateway gateway = start(0)) {
            send(
                    gateway,
                    "POST",
                    "/v1/projects?projectId=shop",
                    "{\"displayName\": \"Shop\", \"labels\": {\"a\": \"b\"}}");

            HttpResponse<String> patched =
                    send(gateway, "PATCH", "/v1/projects/shop", "{\"displayName\": \"\"}");

            assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
            assertThat(patched.body()).contains("\"displayName\": \"\"").contains("\"a\": \"b\"");
        }
    }

    @Test
    void secondGatewayOnOneStoreDoesNotStart() {
        try (Gateway first = start(0)) {
            assertThat(first.address()).startsWith("http://127.0.0.1:");
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> start(0))
                    .withMessageContaining(directory.toString());
        }
    }

    @Test
    void portInUseIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> start(taken.getLocalPort()))
                    .withMessage(
                            "cannot listen on 127.0.0.1:"
                                    + taken.getLocalPort()
                                    + ": the port is in use or the address is not of this machine");
        }
        // Nothing was left locked.
        start(0).close();
    }
}
