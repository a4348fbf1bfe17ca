package dev.drover.gateway.cluster;

/**
 * A cluster's answer to "are you there".
 *
 * @param leader address of the leader, "" while there is none
 * @param region the region that answered, "" if the token may not see it
 * @param version of Nomad, "" if the token may not see it
 */
public record ClusterStatus(String leader, String region, String version) {}
