package dev.drover.gateway.nomad;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An HTTP server that answers requests as a test has written down, one after the other, for what a
 * real Nomad does too seldom to wait for.
 */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final String scheme;
    private final Queue<Consumer<HttpServerRequest>> script = new ConcurrentLinkedQueue<>();
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();

    private ScriptedServer(Vertx vertx, HttpServerOptions options) {
        scheme = options.isSsl() ? "https" : "http";
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
    }

    static ScriptedServer start(Vertx vertx) {
        return start(vertx, new HttpServerOptions());
    }

    static ScriptedServer start(Vertx vertx, HttpServerOptions options) {
        ScriptedServer scripted = new ScriptedServer(vertx, options);
        scripted.server.requestHandler(scripted::handle);
        try {
            scripted.server.listen().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
        return scripted;
    }

    URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.actualPort());
    }

    /** The next request gets this answer. */
    ScriptedServer answers(int status, String body) {
        return does(request -> request.response().setStatusCode(status).end(body));
    }

    /** The next request's connection is closed without an answer. */
    ScriptedServer breaks() {
        return does(request -> request.connection().close());
    }

    /** The next request never gets an answer. */
    ScriptedServer staysSilent() {
        return does(request -> {});
    }

    ScriptedServer does(Consumer<HttpServerRequest> answer) {
        script.add(answer);
        return this;
    }

    /** All requests so far. */
    List<HttpServerRequest> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.close().await();
    }

    private void handle(HttpServerRequest request) {
        requests.add(request);
        Consumer<HttpServerRequest> answer = script.poll();
        if (answer == null) {
            request.response().setStatusCode(599).end("the script has no more answers");
        } else {
            answer.accept(request);
        }
    }
}
