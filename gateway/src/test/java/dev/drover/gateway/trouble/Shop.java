package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.app.ConfigFile;
import dev.drover.gateway.app.Gateway;
import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A project "shop" in a real gateway on a real Nomad: staging, prod that wants an approval, and an
 * application of one job; and whoever calls the gateway in JSON.
 */
final class Shop implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String ROOT = "root-token";
    static final String STAGING = "projects/shop/environments/staging";
    static final String PROD = "projects/shop/environments/prod";

    private static final List<String> COLLECTIONS =
            List.of(
                    "clusters",
                    "policies",
                    "serviceAccounts",
                    "projects",
                    "projects/shop/environments",
                    "projects/shop/pipelines",
                    "projects/shop/applications",
                    "projects/shop/applications/web/releases",
                    "projects/shop/promotions",
                    "auditEntries");
    private static final Set<String> ENDED =
            Set.of("SUCCEEDED", "FAILED", "ROLLED_BACK", "REJECTED", "CANCELLED");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RealNomad nomad;
    private final Gateway gateway;
    final String staging;
    final String prod;

    private Shop(RealNomad nomad, Path directory) {
        this.nomad = nomad;
        this.staging = nomad.freshNamespace();
        this.prod = nomad.freshNamespace();
        this.gateway = start(nomad, directory);
    }

    /** A gateway that keeps everything here, without anything declared. */
    static Gateway start(RealNomad nomad, Path directory) {
        return Gateway.start(
                ConfigFile.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of("listen.port", "0", "store.directory", directory.toString())),
                Optional.of(ROOT),
                Map.of(
                        "NOMAD_TOKEN",
                        nomad.agent().token(),
                        "WRONG_TOKEN",
                        UUID.randomUUID().toString()));
    }

    static Shop open(RealNomad nomad, Path directory) {
        Shop shop = new Shop(nomad, directory);
        shop.declare();
        return shop;
    }

    private void declare() {
        post("clusters?clusterId=local", cluster(nomad.agent().address(), "env:NOMAD_TOKEN"));
        post("projects?projectId=shop", "{}");
        environment("staging", "local", staging);
        environment("prod", "local", prod);
        post(
                "projects/shop/pipelines?pipelineId=main",
                """
                {"stages": [{"id": "staging", "environments": ["%s"]},
                            {"id": "prod", "environments": ["%s"], "after": ["staging"]}]}
                """
                        .formatted(STAGING, PROD));
        post(
                "projects/shop/applications?applicationId=web",
                "{\"pipeline\": \"projects/shop/pipelines/main\", \"jobs\": [{\"id\": \"web\"}]}");
        post(
                "policies?policyId=prod",
                """
                {"selector": {"environmentLabels": {"id": "prod"}},
                 "rules": [{"id": "people", "approval": {"count": 1}}]}
                """);
    }

    static String cluster(URI server, String token) {
        return "{\"servers\": [\"%s\"], \"tokenReference\": \"%s\"}".formatted(server, token);
    }

    void environment(String id, String cluster, String namespace) {
        post(
                "projects/shop/environments?environmentId=" + id,
                """
                {"cluster": "clusters/%s", "namespace": "%s", "labels": {"id": "%s"},
                 "jobBaseline": {"allowedDrivers": ["raw_exec", "dokcer"]}}
                """
                        .formatted(cluster, namespace, id));
    }

    String address() {
        return gateway.address();
    }

    Answer call(String token, String verb, String path, String json) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/" + path))
                        .header("authorization", "Bearer " + token)
                        .header("content-type", "application/json")
                        .method(verb, BodyPublishers.ofString(json))
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode post(String path, String json) {
        return call(ROOT, "POST", path, json).succeeded();
    }

    JsonNode get(String path) {
        return call(ROOT, "GET", path, "").succeeded();
    }

    /** A call that must be refused; every noun and the audit log are the same after it. */
    Answer refused(String verb, String path, String json) {
        return refused(ROOT, verb, path, json);
    }

    Answer refused(String token, String verb, String path, String json) {
        List<String> before = everything();
        Answer answer = call(token, verb, path, json);
        assertThat(answer.status()).as(answer.body().toString()).isNotEqualTo(200);
        assertThat(everything()).isEqualTo(before);
        return answer;
    }

    /** All that the API tells, but what was seen of clusters, which is not kept. */
    List<String> everything() {
        List<String> all = new ArrayList<>();
        for (String collection : COLLECTIONS) {
            for (JsonNode list : get(collection + "?pageSize=1000")) {
                for (JsonNode noun : list) {
                    all.add(((ObjectNode) noun).without("reachability").toString());
                }
            }
        }
        return all;
    }

    /** Creates a release of this job; @return its name. */
    String release(String id, String jobspec) {
        return post("projects/shop/applications/web/releases?releaseId=" + id, job(jobspec))
                .path("name")
                .asText();
    }

    /** The body of a release. */
    static String job(String jobspec) {
        ObjectNode release = JSON.createObjectNode();
        release.putArray("jobs").addObject().put("id", "web").put("jobspec", jobspec);
        return release.toString();
    }

    String promote(String token, String id, String release, String environment) {
        return call(
                        token,
                        "POST",
                        "projects/shop/promotions?promotionId=" + id,
                        promotion(release, environment))
                .succeeded()
                .path("name")
                .asText();
    }

    static String promotion(String release, String environment) {
        return "{\"release\": \"%s\", \"environment\": \"%s\"}".formatted(release, environment);
    }

    /** The promotion once it has ended. */
    JsonNode ended(String promotion) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> get(promotion), now -> ENDED.contains(now.path("state").asText()));
    }

    /** The promotion once it is in this state. */
    JsonNode reaches(String promotion, String state) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> get(promotion), now -> now.path("state").asText().equals(state));
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}
