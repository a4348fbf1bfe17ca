package dev.drover.gateway.app;

import com.google.protobuf.Timestamp;
import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.ClusterLooks;
import dev.drover.gateway.cluster.ClusterStatus;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Cluster;
import dev.drover.v1.ClusterReachability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Looks now and then whether each cluster answers, and notes what it saw. */
final class ClusterLookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLookout.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Baseline baseline;
    private final NomadClusters clusters;
    private final ClusterLooks looks;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    ClusterLookout(
            Baseline baseline, NomadClusters clusters, ClusterLooks looks, InstantSource clock) {
        this.baseline = baseline;
        this.clusters = clusters;
        this.looks = looks;
        this.clock = clock;
    }

    void start() {
        Thread.ofVirtual().name("cluster-lookout").start(this::loop);
    }

    private void loop() {
        try {
            do {
                lookAtAll();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtAll() {
        try {
            for (var cluster : baseline.clusters()) {
                String name = cluster.message().getName();
                Thread.ofVirtual().name("look at " + name).start(() -> look(cluster.message()));
            }
        } catch (RuntimeException failure) {
            LOG.warn("cannot look at the clusters now; the next look is in {}", INTERVAL, failure);
        }
    }

    private void look(Cluster cluster) {
        Optional<ClusterReachability> before = looks.last(cluster.getName());
        ClusterReachability seen = reachability(cluster.getName());
        looks.saw(cluster.getName(), seen);
        if (before.map(ClusterReachability::getReachable).orElse(!seen.getReachable())
                != seen.getReachable()) {
            LOG.atLevel(seen.getReachable() ? Level.INFO : Level.WARN)
                    .addKeyValue("cluster", cluster.getName())
                    .addKeyValue("reachable", seen.getReachable())
                    .log(
                            seen.getReachable()
                                    ? "cluster answers"
                                    : seen.getMessage()
                                            + "; promotions there wait, the next look is in "
                                            + INTERVAL.toSeconds()
                                            + " s");
        }
    }

    private ClusterReachability reachability(String name) {
        ClusterReachability.Builder seen =
                ClusterReachability.newBuilder().setObserveTime(timestamp(clock.instant()));
        try {
            ClusterStatus status = clusters.cluster(name).status();
            boolean led = !status.leader().isEmpty();
            return seen.setReachable(led)
                    .setNomadVersion(status.version())
                    .setMessage(led ? "" : "the servers have no leader")
                    .build();
        } catch (GatewayException refusal) {
            return seen.setMessage(refusal.text()).build();
        }
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
