package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Nomad's HTTP API for the tests' own needs, apart from the adapter under test. */
public final class NomadApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    // One for all: each has connections of its own, and Nomad limits them.
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI address;
    private final String token;

    NomadApi(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The reply of a call that must succeed; a missing node if it is empty. */
    public JsonNode call(String method, String path, String body) {
        try {
            HttpResponse<String> response = send(method, path, body);
            assertThat(response.statusCode())
                    .as("%s %s: %s", method, path, response.body())
                    .isBetween(200, 299);
            return MAPPER.readTree(response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The reply of a read. */
    public JsonNode get(String path) {
        return call("GET", path, "");
    }

    boolean answers(String path) {
        try {
            return send("GET", path, "").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path))
                        .header("X-Nomad-Token", token)
                        .timeout(Duration.ofSeconds(10))
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new IOException(cancelled);
        }
    }
}
