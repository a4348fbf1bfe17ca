package dev.drover.gateway.baseline;

import dev.drover.v1.ClusterReachability;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the gateway saw of each cluster when it looked last. Kept in memory only: a look changes
 * neither the etag nor the revision of a cluster, so that nobody's update is refused because of it.
 */
public final class ClusterLooks {
    private final Map<String, ClusterReachability> last = new ConcurrentHashMap<>();

    /** The last look at a cluster, by its name. */
    public Optional<ClusterReachability> last(String cluster) {
        return Optional.ofNullable(last.get(cluster));
    }

    /** Notes what was seen of a cluster. */
    public void saw(String cluster, ClusterReachability reachability) {
        last.put(cluster, reachability);
    }

    /** Forgets a cluster that does not exist any more. */
    public void forget(String cluster) {
        last.remove(cluster);
    }
}
