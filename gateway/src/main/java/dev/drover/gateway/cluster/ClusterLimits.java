package dev.drover.gateway.cluster;

import java.time.Duration;

/**
 * What Drover allows itself towards one cluster. Nomad refuses more than 100 connections from one
 * address.
 *
 * @param connections at most 20
 * @param concurrentRequests further requests wait for their turn within their deadline
 * @param requestDeadline from the call to the answer, waiting and retries included
 */
public record ClusterLimits(int connections, int concurrentRequests, Duration requestDeadline) {

    private static final int MAX_CONNECTIONS = 20;

    /** What a cluster gets unless it says otherwise. */
    public static final ClusterLimits DEFAULT = new ClusterLimits(10, 10, Duration.ofSeconds(15));

    public ClusterLimits {
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connections is " + connections + ", allowed are 1 to " + MAX_CONNECTIONS);
        }
        if (concurrentRequests < 1) {
            throw new IllegalArgumentException(
                    "concurrent requests is " + concurrentRequests + ", needed is at least 1");
        }
        if (!requestDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "request deadline is " + requestDeadline + ", needed is more than zero");
        }
    }
}
