package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.http.Json;
import io.vertx.ext.web.Router;

/** Something that is served over HTTP beside the methods of the API. */
@FunctionalInterface
public interface Page {
    /** Adds its routes. */
    void addTo(Router router, Edge edge, Json json);
}
