package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.SecretReference;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The adapter over addresses of a test's choice, impatient: for what stands before a Nomad. */
public final class ClustersAt {
    private static final WatchTimings TIMINGS =
            new WatchTimings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1));

    private ClustersAt() {}

    /** For every cluster name. The token is asked for with each call. */
    public static ConfiguredClusters servers(
            Vertx vertx, List<URI> servers, Supplier<String> token, Duration deadline) {
        return servers(vertx, servers, SecretReference.parse("env:TOKEN"), token, deadline);
    }

    /** Without access control. */
    public static ConfiguredClusters servers(Vertx vertx, List<URI> servers, Duration deadline) {
        return servers(vertx, servers, SecretReference.NONE, () -> "", deadline);
    }

    private static ConfiguredClusters servers(
            Vertx vertx,
            List<URI> servers,
            SecretReference reference,
            Supplier<String> token,
            Duration deadline) {
        ClusterSettings settings =
                new ClusterSettings(
                        "clusters/test",
                        servers,
                        "",
                        reference,
                        ClusterTls.SYSTEM,
                        new ClusterLimits(10, 10, deadline));
        return new ConfiguredClusters(
                name -> settings,
                name -> token.get(),
                new NomadRuntime(
                        vertx,
                        InstantSource.system(),
                        new Random(),
                        NomadListener.SILENT,
                        TIMINGS));
    }
}
