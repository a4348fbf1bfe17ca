package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.http.HttpCalls;
import dev.drover.gateway.api.http.HttpReply;
import dev.drover.gateway.api.http.Json;
import dev.drover.gateway.api.openapi.OpenApiDocument;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * {@code GET /openapi.json}. Asks for no token: it says what every gateway of this version says.
 */
public final class OpenApiPage implements Page {
    private final String version;
    private Optional<String> document = Optional.empty();

    /** The page of a gateway of this version. */
    public OpenApiPage(String version) {
        this.version = version;
    }

    @Override
    public void addTo(Router router, Edge edge, Json json) {
        router.get("/openapi.json").handler(call -> answer(call, edge, json));
    }

    private void answer(RoutingContext call, Edge edge, Json json) {
        HttpReply reply =
                new HttpReply(call.response(), json, HttpCalls.inbound(call.request(), edge).id());
        edge.threads()
                .run(edge.vertx().getOrCreateContext(), () -> document(edge))
                .reply()
                .onSuccess(text -> reply.ok("application/json; charset=utf-8", text))
                .onFailure(call::fail);
    }

    private synchronized String document(Edge edge) {
        if (document.isEmpty()) {
            document = Optional.of(OpenApiDocument.of(edge.methods(), version));
        }
        return document.get();
    }
}
