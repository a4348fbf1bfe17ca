package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState;
import dev.drover.v1.Environment;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes promotions that run soon after Nomad did something to their jobs: one stream for each
 * namespace in which something runs. Without hints promotions are only slower, never wrong.
 */
final class NomadHints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NomadHints.class);

    private final NomadClusters clusters;
    private final Function<String, Optional<Environment>> environments;
    private final Map<String, Interest> interests = new ConcurrentHashMap<>();
    private final Map<Place, Watch> streams = new HashMap<>();

    NomadHints(NomadClusters clusters, Function<String, Optional<Environment>> environments) {
        this.clusters = clusters;
        this.environments = environments;
    }

    private record Place(String cluster, String namespace) {}

    private record Interest(Place place, Set<String> jobs, Runnable wake) {}

    void watch(String item, Promotion promotion, Runnable wake) {
        if (interests.containsKey(item)) {
            return;
        }
        environments
                .apply(promotion.getEnvironment())
                .ifPresent(environment -> {
                    Place place =
                            new Place(environment.getCluster(), Observer.namespace(environment));
                    interests.put(item, new Interest(place, jobs(promotion), wake));
                    open(place);
                });
    }

    /** Whether what Nomad does to these jobs is told as it happens. */
    boolean live(String item) {
        Interest interest = interests.get(item);
        return interest != null && live(interest.place());
    }

    private synchronized boolean live(Place place) {
        Watch stream = streams.get(place);
        return stream != null && stream.state().phase() == WatchState.Phase.LIVE;
    }

    void forget(String item) {
        Interest before = interests.remove(item);
        if (before != null) {
            closeUnused();
        }
    }

    @Override
    public void close() {
        interests.clear();
        closeUnused();
    }

    private synchronized void open(Place place) {
        if (streams.containsKey(place)) {
            return;
        }
        try {
            streams.put(
                    place,
                    clusters.cluster(place.cluster())
                            .watch(place.namespace(), hint -> hinted(place, hint)));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "no stream of events from {}; promotions there look every second instead",
                    place.cluster(),
                    failure);
        }
    }

    private void closeUnused() {
        List<Watch> unused;
        synchronized (this) {
            Set<Place> used =
                    interests.values().stream().map(Interest::place).collect(Collectors.toSet());
            unused =
                    streams.entrySet().stream()
                            .filter(one -> !used.contains(one.getKey()))
                            .map(Map.Entry::getValue)
                            .toList();
            streams.keySet().retainAll(used);
        }
        unused.forEach(Watch::close);
    }

    private void hinted(Place place, JobHint hint) {
        for (Interest interest : interests.values()) {
            boolean concerned = hint.everything() || interest.jobs().contains(hint.jobId());
            if (concerned && interest.place().equals(place)) {
                interest.wake().run();
            }
        }
    }

    private static Set<String> jobs(Promotion promotion) {
        return promotion.getRollout().getPhasesList().stream()
                .map(Phase::getJob)
                .collect(Collectors.toSet());
    }
}
