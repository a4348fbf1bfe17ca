package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState;
import dev.drover.v1.Environment;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Map<Place, Stream> streams = new HashMap<>();

    NomadHints(NomadClusters clusters, Function<String, Optional<Environment>> environments) {
        this.clusters = clusters;
        this.environments = environments;
    }

    private record Place(String cluster, String namespace) {}

    /** One stream, and which promotions are interested in it. */
    private record Stream(Watch watch, Set<String> items) {}

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
                    open(place, item);
                });
    }

    /** Whether what Nomad does to these jobs is told as it happens. */
    boolean live(String item) {
        Interest interest = interests.get(item);
        return interest != null && live(interest.place());
    }

    private synchronized boolean live(Place place) {
        Stream stream = streams.get(place);
        return stream != null && stream.watch().state().phase() == WatchState.Phase.LIVE;
    }

    void forget(String item) {
        Interest before = interests.remove(item);
        if (before != null) {
            leave(before.place(), item).ifPresent(Watch::close);
        }
    }

    @Override
    public void close() {
        interests.keySet().forEach(this::forget);
    }

    private synchronized void open(Place place, String item) {
        Stream before = streams.get(place);
        if (before != null) {
            before.items().add(item);
            return;
        }
        try {
            Watch watch =
                    clusters.cluster(place.cluster())
                            .watch(place.namespace(), hint -> hinted(place, hint));
            streams.put(place, new Stream(watch, new HashSet<>(Set.of(item))));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "no stream of events from {}; promotions there look every second instead",
                    place.cluster(),
                    failure);
        }
    }

    /** The stream, if nobody is interested in it any more. */
    private synchronized Optional<Watch> leave(Place place, String item) {
        Stream stream = streams.get(place);
        if (stream == null || !stream.items().remove(item) || !stream.items().isEmpty()) {
            return Optional.empty();
        }
        streams.remove(place);
        return Optional.of(stream.watch());
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
