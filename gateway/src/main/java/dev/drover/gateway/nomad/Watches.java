package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event subscriptions of one cluster, and what they share. */
final class Watches {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private static final Set<WatchState.Phase> LOST =
            EnumSet.of(WatchState.Phase.DENIED, WatchState.Phase.BACKING_OFF);

    private static final String NEXT =
            "; tries again, and jobs are looked at from time to time meanwhile";

    private static final String TOPICS =
            "&topic=Job&topic=Deployment&topic=Allocation&topic=Evaluation";

    private final HttpClient client;
    private final ClusterSettings settings;
    private final Tokens tokens;
    private final NomadRuntime runtime;
    private final Set<EventWatch> open = ConcurrentHashMap.newKeySet();

    Watches(HttpClient client, ClusterSettings settings, Tokens tokens, NomadRuntime runtime) {
        this.client = client;
        this.settings = settings;
        this.tokens = tokens;
        this.runtime = runtime;
    }

    Watch open(String namespace, String uri, Consumer<JobHint> hints) {
        EventWatch watch =
                new EventWatch(this, namespace, uri, hints, vertx().getOrCreateContext());
        open.add(watch);
        watch.start();
        return watch;
    }

    void close() {
        List.copyOf(open).forEach(EventWatch::close);
    }

    void closed(EventWatch watch) {
        open.remove(watch);
    }

    Vertx vertx() {
        return runtime.vertx();
    }

    WatchTimings timings() {
        return runtime.timings();
    }

    Instant now() {
        return runtime.clock().instant();
    }

    Duration pause(int failures) {
        return timings().pause(failures, runtime.random().nextDouble());
    }

    void changed(String namespace, WatchState state) {
        LOG.info(
                "events of {} namespace {}: {} {}",
                settings.name(),
                namespace,
                state.phase(),
                state.detail() + (LOST.contains(state.phase()) ? NEXT : ""));
        runtime.listener().watchChanged(settings.name(), namespace, state);
    }

    /**
     * A request to the next server in turn; tokens may be files, so they are not read on the event
     * loop.
     */
    Future<HttpClientRequest> request(String uri, long lastIndex, int turn) {
        URI server = settings.servers().get(Math.floorMod(turn, settings.servers().size()));
        String from = lastIndex == 0 ? "" : "&index=" + lastIndex;
        return vertx().executeBlocking(
                        () -> tokens.resolve(settings.name(), settings.token()), false)
                .compose(token -> client.request(options(server, uri + TOPICS + from, token)));
    }

    private RequestOptions options(URI server, String uri, String token) {
        RequestOptions options =
                Connections.to(server, settings.tls()).setMethod(HttpMethod.GET).setURI(uri);
        return token.isEmpty() ? options : options.putHeader("X-Nomad-Token", token);
    }
}
