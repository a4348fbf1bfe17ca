package dev.drover.gateway.record;

/**
 * Room that an item of work needs in order to run.
 *
 * @param share among whom the cluster's room is shared out in turn: a project
 * @param first whether it goes before all that are not first
 * @param cluster how many run there at most
 * @param environment how many run there at most; an environment belongs to one cluster
 */
public record RoomWish(String share, boolean first, Limit cluster, Limit environment) {
    /**
     * How many items run at once somewhere.
     *
     * @param place resource name of a cluster or an environment
     * @param most 1 or more
     */
    public record Limit(String place, int most) {}
}
