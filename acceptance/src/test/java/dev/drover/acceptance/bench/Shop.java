package dev.drover.acceptance.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.TestJobs;
import java.io.IOException;
import java.net.URI;

/**
 * What the gateway of a small company knows: one cluster, staging and prod, a dozen applications,
 * fifty policies of which ten hold in either environment.
 */
final class Shop {
    static final String PROJECT = "projects/shop";
    static final String STAGING = PROJECT + "/environments/staging";
    static final String PROD = PROJECT + "/environments/prod";

    /** Applications with a first release, besides those that are named after a strategy. */
    static final int APPLICATIONS = 10;

    static final int POLICIES = 50;

    /** The environment variable that holds the cluster's token. */
    static final String NOMAD_TOKEN = "BENCH_NOMAD_TOKEN";

    private static final int TIERS = 5;

    private final GatewayProcess gateway;

    private Shop(GatewayProcess gateway) {
        this.gateway = gateway;
    }

    /** One that was declared before this gateway was started. */
    static Shop known(GatewayProcess gateway) {
        return new Shop(gateway);
    }

    static Shop declare(GatewayProcess gateway, URI nomad)
            throws IOException, InterruptedException {
        Shop shop = new Shop(gateway);
        gateway.post(
                "/v1/clusters?clusterId=local",
                "{\"servers\": [\"%s\"], \"tokenReference\": \"env:%s\"}"
                        .formatted(nomad, NOMAD_TOKEN));
        gateway.post("/v1/projects?projectId=shop", "{}");
        shop.environment("staging");
        shop.environment("prod");
        gateway.post(
                "/v1/" + PROJECT + "/pipelines?pipelineId=main",
                """
                {"stages": [
                  {"id": "staging", "environments": ["%s"]},
                  {"id": "prod", "environments": ["%s"], "after": ["staging"]}]}
                """
                        .formatted(STAGING, PROD));
        for (int i = 0; i < POLICIES; i++) {
            shop.policy(i);
        }
        for (int i = 0; i < APPLICATIONS; i++) {
            shop.application(application(i), "{}");
            shop.release(application(i), "1.0.0");
        }
        shop.application("rolling", "{}");
        shop.application("canary", "{\"canary\": {\"count\": 1}}");
        return shop;
    }

    static String application(int number) {
        return "app-" + number;
    }

    static String releaseName(String application, String version) {
        return PROJECT + "/applications/" + application + "/releases/" + version;
    }

    /** The job that all applications have: two instances that are healthy at once. */
    static TestJobs job(String id, String version) {
        return TestJobs.service(id).count(2).release(version);
    }

    /** A job whose one task takes nothing: Nomad's mock driver only says that it runs. */
    static ObjectNode mocked(String id, String version) {
        return TestJobs.service(id).mocked().release(version).json();
    }

    /** A new release of the one job, which is named as the application is; gives its name. */
    String release(String application, String version) throws IOException, InterruptedException {
        return release(application, job(application, version).json(), version);
    }

    String release(String application, ObjectNode job, String version)
            throws IOException, InterruptedException {
        String jobspec = job.toString().replace("\"", "\\\"");
        gateway.post(
                "/v1/%s/applications/%s/releases?releaseId=%s"
                        .formatted(PROJECT, application, version),
                "{\"version\": \"%s\", \"jobs\": [{\"id\": \"%s\", \"format\": \"JSON\", \"jobspec\": \"%s\"}]}"
                        .formatted(version, application, jobspec));
        return releaseName(application, version);
    }

    private void environment(String id) throws IOException, InterruptedException {
        gateway.post(
                "/v1/" + PROJECT + "/environments?environmentId=" + id,
                "{\"cluster\": \"clusters/local\", \"namespace\": \"%s\", \"labels\": {\"tier\": \"%s\"}}"
                        .formatted(id, id));
    }

    /** Three rules each. Those of prod ask for a release that is healthy in staging. */
    private void policy(int number) throws IOException, InterruptedException {
        String tier =
                switch (number % TIERS) {
                    case 0 -> "staging";
                    case 1 -> "prod";
                    default -> "elsewhere-" + number;
                };
        String first =
                tier.equals("prod")
                        ? "history.environments['staging'].healthy"
                        : "release.age < duration('24h')";
        gateway.post(
                "/v1/policies?policyId=policy-" + number,
                """
                {"selector": {"environmentLabels": {"tier": "%s"}},
                 "rules": [
                   {"id": "first", "expression": {"expression": "%s"}},
                   {"id": "few", "expression": {"expression": "plan.destructive_updates <= 10"}},
                   {"id": "images", "expression": {
                     "expression": "plan.images.all(image, image.tag != 'latest')"}}]}
                """
                        .formatted(tier, first));
    }

    void strategy(String application, String strategy) throws IOException, InterruptedException {
        gateway.patch(
                "/v1/" + PROJECT + "/applications/" + application,
                "{\"strategy\": %s}".formatted(strategy));
    }

    void application(String id, String strategy) throws IOException, InterruptedException {
        gateway.post(
                "/v1/" + PROJECT + "/applications?applicationId=" + id,
                "{\"pipeline\": \"%s/pipelines/main\", \"jobs\": [{\"id\": \"%s\"}], \"strategy\": %s}"
                        .formatted(PROJECT, id, strategy));
    }
}
