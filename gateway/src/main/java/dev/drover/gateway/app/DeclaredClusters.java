package dev.drover.gateway.app;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.SecretReference;
import dev.drover.v1.Cluster;
import java.net.URI;
import java.util.function.Function;

/** The settings of clusters as the baseline declares them. */
final class DeclaredClusters implements Function<String, ClusterSettings> {
    private final Baseline baseline;

    DeclaredClusters(Baseline baseline) {
        this.baseline = baseline;
    }

    @Override
    public ClusterSettings apply(String name) {
        return settings(baseline.cluster(name).message());
    }

    static ClusterSettings settings(Cluster cluster) {
        return new ClusterSettings(
                cluster.getName(),
                cluster.getServersList().stream().map(URI::create).toList(),
                cluster.getRegion(),
                SecretReference.parse(cluster.getTokenReference()),
                tls(cluster.getTls()),
                ClusterLimits.DEFAULT);
    }

    private static ClusterTls tls(dev.drover.v1.ClusterTls tls) {
        return new ClusterTls(
                tls.getCaFile(), tls.getServerName(), tls.getCertificateFile(), tls.getKeyFile());
    }
}
