package dev.drover.gateway.cluster;

/**
 * TLS to a cluster; used for https addresses. Every part is a path of a PEM file, "" = none.
 *
 * @param caFile whom to trust, "" = the system's authorities
 * @param serverName the name to ask for and to verify, such as {@code server.global.nomad}; "" =
 *     the address's host
 * @param certificateFile client certificate, together with {@code keyFile}
 */
public record ClusterTls(String caFile, String serverName, String certificateFile, String keyFile) {

    /** System authorities, no client certificate. */
    public static final ClusterTls SYSTEM = new ClusterTls("", "", "", "");
}
