package dev.drover.gateway.app;

import dev.drover.gateway.api.ApiServer;
import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.promotion.Engine;
import dev.drover.gateway.store.SqliteStore;
import dev.drover.gateway.store.StoreSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs, until it is closed. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration VERTX_CLOSE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final SqliteStore store;
    private final ApiServer server;
    private final ConfiguredClusters clusters;
    private final Engine engine;
    private final Duration patience;
    private final String address;

    private Gateway(
            Vertx vertx, SqliteStore store, Wiring.Wired wired, Duration patience, String address) {
        this.vertx = vertx;
        this.store = store;
        this.server = wired.server();
        this.clusters = wired.clusters();
        this.engine = wired.engine();
        this.patience = patience;
        this.address = address;
    }

    /**
     * Starts a gateway: opens the store, serves the API, takes up the work that is left.
     *
     * @param rootToken a token that may do everything; development mode has one
     * @param environment where token references of clusters are looked up
     * @throws StartFailure with one sentence for whoever starts it
     */
    public static Gateway start(
            GatewayConfig config, Optional<String> rootToken, Map<String, String> environment) {
        Path directory = config.store().directory();
        byte[] key = SecretKeyFile.in(directory, new SecureRandom());
        Vertx vertx = Vertx.vertx();
        Optional<SqliteStore> store = Optional.empty();
        try {
            store = Optional.of(SqliteStore.open(StoreSettings.in(directory)));
            Wiring wiring = new Wiring(config, vertx, store.get());
            Wiring.Wired wired = wiring.wire(rootToken, key, environment);
            int port = wired.server().start();
            wired.engine().start();
            String scheme = config.listen().tls().isPresent() ? "https" : "http";
            String address = scheme + "://" + config.listen().host() + ":" + port;
            LOG.info("ready: the API is at {}, everything is kept in {}", address, directory);
            return new Gateway(vertx, store.get(), wired, wiring.patience(), address);
        } catch (GatewayException refused) {
            close(vertx, store);
            throw new StartFailure(refused.text(), refused);
        } catch (RuntimeException failure) {
            close(vertx, store);
            throw failure;
        }
    }

    /** Where the API is: {@code http://HOST:PORT}. */
    public String address() {
        return address;
    }

    /** Takes no more calls, lets those that run finish for a while, and closes the store. */
    @Override
    public void close() {
        LOG.info("going down: calls may go on for {}", patience);
        server.stop(patience);
        engine.close();
        clusters.close();
        close(vertx, Optional.of(store));
        LOG.info("down: everything that was acknowledged is in the store");
    }

    private static void close(Vertx vertx, Optional<SqliteStore> store) {
        store.ifPresent(SqliteStore::close);
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(VERTX_CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("connections did not close in time; the process ends them", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
