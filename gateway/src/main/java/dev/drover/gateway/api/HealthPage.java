package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.api.http.Json;
import io.vertx.ext.web.Router;

/**
 * {@code GET /healthz}: the process lives; {@code GET /readyz}: it takes calls. Neither asks for a
 * token, and neither tells more than that.
 */
public final class HealthPage implements Page {
    private final Readiness readiness;

    /** Tells this. */
    public HealthPage(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void addTo(Router router, Edge edge, Json json) {
        router.get("/healthz").handler(call -> call.response().end("ok\n"));
        router.get("/readyz")
                .handler(call -> {
                    boolean ready = readiness.ready();
                    call.response()
                            .setStatusCode(ready ? 200 : 503)
                            .end(ready ? "ready\n" : "not ready\n");
                });
    }
}
