package dev.drover.gateway.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * Removes a job for good once no evaluation of it is under way. Before, the scheduler's plan for a
 * job that is gone ends the whole server of Nomad 1.11.3 (repaired by hashicorp/nomad#27739).
 */
public final class Purge {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Purge() {}

    /** Waits until it may happen; tells whether there was such a job. */
    public static boolean job(NomadCluster nomad, String namespace, String job) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> mayHappen(nomad, namespace, job));
        return nomad.stop(namespace, job, true).isPresent();
    }

    /** Whether no evaluation is under way. */
    static boolean mayHappen(NomadCluster nomad, String namespace, String job) {
        return nomad.evaluations(namespace, job).stream()
                .noneMatch(one -> one.status().equals("pending"));
    }
}
