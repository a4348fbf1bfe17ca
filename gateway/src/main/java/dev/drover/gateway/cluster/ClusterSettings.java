package dev.drover.gateway.cluster;

import java.net.URI;
import java.util.List;

/**
 * How to reach one cluster.
 *
 * @param name resource name, {@code clusters/eu-1}, for messages and metrics
 * @param servers http(s) addresses of Nomad servers of the region, at least one; servers rather
 *     than client agents
 * @param region Nomad's name of the region, "" = that of the servers
 * @param token where the token is found; read anew for each request, so that it can be rotated
 */
public record ClusterSettings(
        String name,
        List<URI> servers,
        String region,
        SecretReference token,
        ClusterTls tls,
        ClusterLimits limits) {

    public ClusterSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(name + " has no server address");
        }
    }
}
