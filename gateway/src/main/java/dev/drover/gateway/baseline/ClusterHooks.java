package dev.drover.gateway.baseline;

import dev.drover.v1.Cluster;

/** What is special about clusters: whether they can be reached is looked at, not stored. */
final class ClusterHooks implements Hooks<Cluster> {
    private final ClusterLooks looks;

    ClusterHooks(ClusterLooks looks) {
        this.looks = looks;
    }

    @Override
    public void validate(Draft<Cluster> draft, Lookup lookup, Problems problems) {
        for (int i = 0; i < draft.message().getServersCount(); i++) {
            String server = draft.message().getServers(i);
            if (!isAddress(server)) {
                problems.add(
                        "servers[" + i + "]",
                        "'"
                                + server
                                + "' is not the address of a Nomad server; write for example"
                                + " https://nomad.example:4646");
            }
        }
        boolean certificate = !draft.message().getTls().getCertificateFile().isEmpty();
        boolean key = !draft.message().getTls().getKeyFile().isEmpty();
        if (certificate != key) {
            problems.add(
                    "tls." + (certificate ? "key_file" : "certificate_file"),
                    "is missing; a client certificate needs certificate_file and key_file");
        }
    }

    private static boolean isAddress(String server) {
        try {
            java.net.URI address = new java.net.URI(server);
            String scheme = String.valueOf(address.getScheme());
            return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null;
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    @Override
    public Cluster present(Cluster cluster) {
        return looks.last(cluster.getName())
                .map(last -> cluster.toBuilder().setReachability(last).build())
                .orElse(cluster);
    }
}
