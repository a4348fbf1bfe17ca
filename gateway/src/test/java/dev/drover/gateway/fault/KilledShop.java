package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A shop with an application of each strategy, and a CI system that promotes one release after the
 * other. The gateway may be gone at any call: then the same call is made again later.
 */
final class KilledShop implements AutoCloseable {
    static final String ROOT = "root-token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = "projects/shop";
    private static final Set<String> ENDED =
            Set.of("SUCCEEDED", "FAILED", "ROLLED_BACK", "REJECTED", "CANCELLED", "EXPIRED");
    private static final int ALREADY_THERE = 409;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final RealNomad nomad;
    final String namespace;
    private final Map<Line, Progress> progress = new EnumMap<>(Line.class);

    /** How far the releases of one application are. */
    private static final class Progress {
        private int release = 1;
        private boolean asked;
        private final List<JsonNode> ended = new ArrayList<>();
    }

    KilledShop(RealNomad nomad) {
        this.nomad = nomad;
        this.namespace = nomad.freshNamespace();
        for (Line line : Line.values()) {
            progress.put(line, new Progress());
        }
    }

    void declare(URI gateway) {
        post(
                gateway,
                "clusters?clusterId=local",
                "{\"servers\": [\"%s\"], \"tokenReference\": \"env:NOMAD_TOKEN\"}"
                        .formatted(nomad.agent().address()));
        post(gateway, "projects?projectId=shop", "{}");
        post(
                gateway,
                PROJECT + "/environments?environmentId=prod",
                "{\"cluster\": \"clusters/local\", \"namespace\": \"%s\"}".formatted(namespace));
        post(
                gateway,
                PROJECT + "/pipelines?pipelineId=main",
                "{\"stages\": [{\"id\": \"prod\", \"environments\": [\"%s/environments/prod\"]}]}"
                        .formatted(PROJECT));
        for (Line line : Line.values()) {
            post(
                    gateway,
                    PROJECT + "/applications?applicationId=" + line.id(),
                    line.application(PROJECT + "/pipelines/main"));
        }
    }

    /**
     * One look at each application: what has ended is followed by the next release.
     *
     * @param more whether there are to be more
     * @return whether anything is under way
     */
    boolean tend(URI gateway, boolean more) {
        boolean open = false;
        for (Map.Entry<Line, Progress> one : progress.entrySet()) {
            open |= tend(gateway, one.getKey(), one.getValue(), more);
        }
        return open;
    }

    private boolean tend(URI gateway, Line line, Progress now, boolean more) {
        if (!now.asked) {
            now.asked = more && ask(gateway, line, now.release);
            return now.asked;
        }
        Optional<JsonNode> seen = get(gateway, promotion(line, now.release));
        seen.filter(promotion -> ENDED.contains(promotion.path("state").asText()))
                .ifPresent(promotion -> {
                    now.ended.add(promotion);
                    now.release++;
                    now.asked = false;
                });
        return now.asked;
    }

    private boolean ask(URI gateway, Line line, int release) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("jobs")
                .addObject()
                .put("id", line.id())
                .put("format", "JSON")
                .put("jobspec", line.job(release).toString());
        String application = PROJECT + "/applications/" + line.id();
        return made(gateway, application + "/releases?releaseId=r" + release, body.toString())
                && made(
                        gateway,
                        PROJECT + "/promotions?promotionId=" + line.id() + "-" + release,
                        """
                        {"release": "%s/releases/r%d", "environment": "%s/environments/prod"}
                        """
                                .formatted(application, release, PROJECT));
    }

    private static String promotion(Line line, int release) {
        return PROJECT + "/promotions/" + line.id() + "-" + release;
    }

    List<JsonNode> ended(Line line) {
        return progress(line).ended;
    }

    int releases(Line line) {
        return progress(line).release - 1;
    }

    private Progress progress(Line line) {
        return java.util.Objects.requireNonNull(progress.get(line));
    }

    /** Empty: there was no answer. */
    Optional<JsonNode> get(URI gateway, String path) {
        return send(gateway, "GET", path, "").map(KilledShop::succeeded);
    }

    void post(URI gateway, String path, String body) {
        succeeded(send(gateway, "POST", path, body).orElseThrow());
    }

    /** Whether it is there; a call before this one may have made it without an answer. */
    private boolean made(URI gateway, String path, String body) {
        Optional<HttpResponse<String>> answer = send(gateway, "POST", path, body);
        return answer.filter(one -> one.statusCode() == ALREADY_THERE).isPresent()
                || answer.map(KilledShop::succeeded).isPresent();
    }

    private static JsonNode succeeded(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Optional<HttpResponse<String>> send(
            URI gateway, String verb, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway + "/v1/" + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("authorization", "Bearer " + ROOT)
                        .header("content-type", "application/json")
                        .method(verb, BodyPublishers.ofString(body))
                        .build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException gone) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
