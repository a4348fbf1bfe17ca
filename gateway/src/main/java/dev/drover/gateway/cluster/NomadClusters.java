package dev.drover.gateway.cluster;

/** The clusters that the baseline declares, by resource name. */
public interface NomadClusters {

    /**
     * The cluster as it is configured now; connects lazily, and anew when its settings have
     * changed. Do not keep the answer longer than one piece of work.
     *
     * @param name resource name, {@code clusters/eu-1}
     * @throws dev.drover.gateway.error.GatewayException the settings source's own refusal if there
     *     is no such cluster; CLUSTER_SETTINGS_INVALID if an address, certificate or token
     *     reference cannot be used
     */
    NomadCluster cluster(String name);
}
