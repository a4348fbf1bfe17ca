package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.api.http.HttpCalls;
import dev.drover.gateway.api.http.HttpReply;
import dev.drover.gateway.api.http.Json;
import dev.drover.v1.AccessLevel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** A text at a path, for callers with a token that may read. */
public final class TokenPage implements Page {
    private final String path;
    private final String contentType;
    private final Supplier<String> text;

    /** The page; its text is made for each request, on a thread of its own. */
    public TokenPage(String path, String contentType, Supplier<String> text) {
        this.path = path;
        this.contentType = contentType;
        this.text = text;
    }

    @Override
    public void addTo(Router router, Edge edge, Json json) {
        router.get(path).handler(call -> answer(call.request(), edge, json));
    }

    private void answer(HttpServerRequest request, Edge edge, Json json) {
        Inbound inbound = HttpCalls.inbound(request, edge);
        HttpReply reply = new HttpReply(request.response(), json, inbound.id());
        Exchange exchange = new Exchange(edge, false, reply::refuse);
        request.response().exceptionHandler(failure -> exchange.callerLeft());
        exchange.endAfter(edge.limits().callTime());
        exchange.run(
                () ->
                        edge.dispatcher()
                                .page(path, AccessLevel.VIEWER, inbound, exchange.signal(), text),
                body -> reply.ok(contentType, body));
    }
}
