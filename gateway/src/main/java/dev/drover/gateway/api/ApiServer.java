package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.api.grpc.GrpcFace;
import dev.drover.gateway.api.http.HttpCalls;
import dev.drover.gateway.api.http.HttpRoutes;
import dev.drover.gateway.api.http.Json;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one server of the gateway. */
public final class ApiServer {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration START = Duration.ofSeconds(30);

    private final Edge edge;
    private final ApiSettings settings;
    private final Readiness readiness;
    private final HttpServer server;

    /** A server that does not listen yet; pages are what else is served over HTTP. */
    public ApiServer(Edge edge, ApiSettings settings, Readiness readiness, List<Page> pages) {
        this.edge = edge;
        this.settings = settings;
        this.readiness = readiness;
        this.server =
                edge.vertx()
                        .createHttpServer(ServerOptions.of(settings))
                        .requestHandler(router(pages));
    }

    private Router router(List<Page> pages) {
        Json json = new Json(edge.methods());
        GrpcFace grpc = new GrpcFace(edge, readiness);
        HttpCalls calls = new HttpCalls(edge, new HttpRoutes(edge.methods()), json);
        Router router = Router.router(edge.vertx());
        if (!settings.corsOrigins().isEmpty()) {
            router.route().handler(cors());
        }
        router.route()
                .handler(call -> {
                    if (grpc.wants(call.request())) {
                        grpc.handle(call.request());
                    } else {
                        call.next();
                    }
                });
        pages.forEach(page -> page.addTo(router, edge, json));
        router.route().handler(call -> calls.accept(call.request()));
        return router;
    }

    private CorsHandler cors() {
        return CorsHandler.create()
                .addOrigins(settings.corsOrigins())
                .allowedMethods(CorsAccess.METHODS)
                .allowedHeaders(CorsAccess.HEADERS)
                .exposedHeaders(CorsAccess.EXPOSED);
    }

    /**
     * Listens.
     *
     * @return the port
     * @throws StartFailure where the address cannot be listened on
     */
    public int start() {
        try {
            server.listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START.toSeconds(), TimeUnit.SECONDS);
            readiness.set(true);
            return server.actualPort();
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
    }

    private StartFailure refused(Throwable cause) {
        String address = settings.host() + ":" + settings.port();
        String why =
                cause instanceof BindException
                        ? "the port is in use or the address is not of this machine"
                        : String.valueOf(cause.getMessage());
        return new StartFailure("cannot listen on " + address + ": " + why, cause);
    }

    /**
     * Takes no more calls, lets those that run finish until the deadline, then ends them.
     *
     * @param patience how long calls may go on
     */
    public void stop(Duration patience) {
        readiness.set(false);
        edge.live().endStreams();
        try {
            server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("calls were still running at the end of {}; they are ended now", patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        edge.live().endAll();
        edge.threads().close();
    }
}
