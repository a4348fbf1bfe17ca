package dev.drover.gateway.app;

import dev.drover.gateway.api.ApiServer;
import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.store.SqliteStore;
import dev.drover.gateway.store.StoreSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs, until it is closed. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration VERTX_CLOSE = Duration.ofSeconds(10);

    private final Parts parts;
    private final String address;

    private Gateway(Parts parts, String address) {
        this.parts = parts;
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
        Parts parts = new Parts();
        try {
            return new Gateway(parts, start(config, rootToken, environment, parts));
        } catch (GatewayException refused) {
            parts.close();
            throw new StartFailure(refused.text(), refused);
        } catch (RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private static String start(
            GatewayConfig config,
            Optional<String> rootToken,
            Map<String, String> environment,
            Parts parts) {
        Path directory = Path.of(config.store().directory());
        SecureRandom random = new SecureRandom();
        byte[] key = SecretKeyFile.in(directory, random);
        Vertx vertx = vertx(parts);
        SqliteStore store =
                parts.add(
                        SqliteStore.open(new StoreSettings(directory, config.store().deadline())));
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Wiring.Wired wired =
                new Wiring(store, meters, random, parts)
                        .wire(vertx, rootToken, key, environment, config.verification());
        ApiServer server = Serving.server(config, vertx, wired, meters, random);
        int port = server.start();
        parts.add(() -> server.stop(config.shutdown()));
        wired.start().run();
        String scheme = config.listen().tls().on() ? "https" : "http";
        String address = scheme + "://" + config.listen().host() + ":" + port;
        LOG.info("ready: the API is at {}, everything is kept in {}", address, directory);
        return address;
    }

    private static Vertx vertx(Parts parts) {
        // Nothing is served from files, so no directory for copies of them is made.
        FileSystemOptions files =
                new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false);
        Vertx vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
        parts.add(() ->
                vertx.close()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(VERTX_CLOSE.toSeconds(), TimeUnit.SECONDS));
        return vertx;
    }

    /** Where the API is: {@code http://HOST:PORT}. */
    public String address() {
        return address;
    }

    /** Takes no more calls, lets those that run finish for a while, and closes the store. */
    @Override
    public void close() {
        LOG.info("going down: calls may finish");
        parts.close();
        LOG.info("down: everything that was acknowledged is in the store");
    }
}
