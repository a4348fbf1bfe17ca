package dev.drover.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.nomad.NomadApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** What one would do without Drover: register a job, and block until its deployment is done. */
final class NomadRounds {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final NomadApi api;
    private final String namespace;

    NomadRounds(NomadApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    void makeNamespace() {
        api.call("POST", "/v1/namespace/" + namespace, "{\"Name\":\"%s\"}".formatted(namespace));
    }

    /** From the registration to the deployment's success. */
    double milliseconds(ObjectNode job) {
        String id = job.path("ID").asText();
        job.put("Namespace", namespace);
        String body = "{\"Job\":" + job + "}";
        long begin = System.nanoTime();
        long index =
                api.call("PUT", "/v1/jobs?namespace=" + namespace, body)
                        .path("JobModifyIndex")
                        .asLong();
        untilSuccessful(id, index);
        return Spread.millisSince(begin);
    }

    void register(ObjectNode job) {
        job.put("Namespace", namespace);
        api.call("PUT", "/v1/jobs?namespace=" + namespace, "{\"Job\":" + job + "}");
    }

    /** Looks ten times a second until so many deployments of this job version have succeeded. */
    void untilAllSuccessful(int count, long version) {
        long successful = 0;
        while (successful < count) {
            LockSupport.parkNanos(LOOK.toNanos());
            successful = 0;
            for (JsonNode one : api.get("/v1/deployments?namespace=" + namespace)) {
                if (one.path("JobVersion").asLong() != version) {
                    continue;
                }
                if (one.path("Status").asText().equals("failed")) {
                    throw new IllegalStateException("" + one);
                }
                successful += one.path("Status").asText().equals("successful") ? 1 : 0;
            }
        }
    }

    /** When the job's present version was registered, by Nomad's clock, which is this machine's. */
    Instant registered(String id) {
        long nanos =
                api.get("/v1/job/" + id + "?namespace=" + namespace).path("SubmitTime").asLong();
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** The index of the job as it is deployed now; 0: it is not. */
    long index(String id) {
        return api.get("/v1/job/" + id + "/deployment?namespace=" + namespace)
                .path("JobSpecModifyIndex")
                .asLong();
    }

    /** When the next deployment of a job, after that of this index, will have succeeded. */
    CompletableFuture<Instant> done(String id, long index) {
        CompletableFuture<Instant> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    untilSuccessful(id, index + 1);
                    done.complete(InstantSource.system().instant());
                });
        return done;
    }

    /**
     * Blocks until a deployment of the job as it was registered at this index, or later, succeeds.
     */
    private void untilSuccessful(String id, long registered) {
        long index = registered;
        while (true) {
            JsonNode deployment =
                    api.get(
                            "/v1/job/%s/deployment?namespace=%s&index=%d&wait=5s"
                                    .formatted(id, namespace, index));
            boolean mine = deployment.path("JobSpecModifyIndex").asLong() >= registered;
            String status = deployment.path("Status").asText();
            if (mine && status.equals("successful")) {
                return;
            }
            if (mine && status.equals("failed")) {
                throw new IllegalStateException(id + ": " + deployment);
            }
            index = Math.max(index, deployment.path("ModifyIndex").asLong());
        }
    }
}
