package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClient;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@link NomadClusters} over the declared settings: a cluster's connections are made when it is
 * first asked for, and made anew when its settings have changed since.
 */
public final class ConfiguredClusters implements NomadClusters, AutoCloseable {

    private final Function<String, ClusterSettings> settingsByName;
    private final Tokens tokens;
    private final NomadRuntime runtime;
    private final Map<String, Connected> connected = new HashMap<>();

    /** One cluster with the settings that its connections were made by. */
    private record Connected(
            ClusterSettings settings,
            NomadCluster cluster,
            Watches watches,
            HttpClient requests,
            HttpClient streams,
            HttpClient logs) {
        void close() {
            watches.close();
            requests.shutdown();
            streams.shutdown();
            logs.shutdown();
        }
    }

    /**
     * Makes no connection yet.
     *
     * @param settingsByName by cluster resource name; throws for an unknown name
     * @param environment looks up the environment variables that token references name
     */
    public ConfiguredClusters(
            Vertx vertx,
            Function<String, ClusterSettings> settingsByName,
            Function<String, @Nullable String> environment,
            InstantSource clock,
            RandomGenerator random,
            NomadListener listener) {
        this(
                settingsByName,
                environment,
                new NomadRuntime(vertx, clock, random, listener, WatchTimings.DEFAULT));
    }

    ConfiguredClusters(
            Function<String, ClusterSettings> settingsByName,
            Function<String, @Nullable String> environment,
            NomadRuntime runtime) {
        this.settingsByName = settingsByName;
        this.tokens = new Tokens(environment);
        this.runtime = runtime;
    }

    @Override
    public NomadCluster cluster(String name) {
        ClusterSettings wanted = settingsByName.apply(name);
        synchronized (connected) {
            Connected now = connected.get(name);
            if (now != null && now.settings().equals(wanted)) {
                return now.cluster();
            }
            Connected fresh = connect(wanted);
            connected.put(name, fresh);
            if (now != null) {
                now.close();
            }
            return fresh.cluster();
        }
    }

    @Override
    public void close() {
        synchronized (connected) {
            connected.values().forEach(Connected::close);
            connected.clear();
        }
    }

    private Connected connect(ClusterSettings settings) {
        Connections.unreadableFile(settings.tls())
                .ifPresent(file -> {
                    throw unusable(settings, "the gateway cannot read the file " + file);
                });
        try {
            HttpClient requests = Connections.forRequests(runtime.vertx(), settings);
            HttpClient streams = Connections.forStreams(runtime.vertx(), settings);
            NomadHttp http = new NomadHttp(requests, settings, tokens, runtime);
            Watches watches = new Watches(streams, settings, tokens, runtime);
            HttpClient logs = Connections.forLogs(runtime.vertx(), settings);
            NomadCluster cluster =
                    new HttpNomadCluster(
                            new Requests(settings, http),
                            watches,
                            new Logs(logs, settings, tokens, runtime));
            return new Connected(settings, cluster, watches, requests, streams, logs);
        } catch (VertxException | IllegalArgumentException refused) {
            throw unusable(settings, String.valueOf(refused.getMessage()));
        }
    }

    private static GatewayException unusable(ClusterSettings settings, String problem) {
        return new GatewayException(
                Reason.CLUSTER_SETTINGS_INVALID,
                settings.name() + " cannot be connected: " + problem,
                ErrorDetails.NONE.with("cluster", settings.name()));
    }
}
