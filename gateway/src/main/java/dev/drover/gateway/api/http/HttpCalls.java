package dev.drover.gateway.api.http;

import com.google.protobuf.Message;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.api.dispatch.TooLarge;
import dev.drover.gateway.error.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** Serves the methods of the table as JSON over HTTP. */
public final class HttpCalls {
    private final Edge edge;
    private final HttpRoutes routes;
    private final Json json;

    /** Serves these routes. */
    public HttpCalls(Edge edge, HttpRoutes routes, Json json) {
        this.edge = edge;
        this.routes = routes;
        this.json = json;
    }

    /** What came besides the request itself. */
    public static Inbound inbound(HttpServerRequest request, Edge edge) {
        return new Inbound(
                Optional.ofNullable(request.getHeader("authorization")),
                Inbound.id(
                        Optional.ofNullable(request.getHeader(Inbound.ID_HEADER)), edge.random()),
                "http",
                String.valueOf(request.remoteAddress()));
    }

    /** Takes one call; on the event loop. */
    public void accept(HttpServerRequest request) {
        Inbound inbound = inbound(request, edge);
        HttpReply reply = new HttpReply(request.response(), json, inbound.id());
        Optional<HttpRoutes.Match> match = routes.find(request.method().name(), request.path());
        if (match.isEmpty()) {
            refuseRoute(request, reply);
        } else if (!match.get().route().body().isEmpty() && !isJson(request)) {
            reply.refuse(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    Reason.MALFORMED_REQUEST,
                    "send the body as content-type: application/json");
        } else {
            begin(request, inbound, match.get(), reply);
        }
    }

    private void refuseRoute(HttpServerRequest request, HttpReply reply) {
        SortedSet<String> verbs = routes.verbs(request.path());
        if (verbs.isEmpty()) {
            reply.refuse(404, Reason.METHOD_NOT_FOUND, "there is nothing at " + request.path());
        } else {
            request.response().putHeader("allow", String.join(", ", verbs));
            reply.refuse(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    Reason.METHOD_NOT_FOUND,
                    "%s is not possible here; possible: %s"
                            .formatted(request.method(), String.join(", ", verbs)));
        }
    }

    private void begin(
            HttpServerRequest request, Inbound inbound, HttpRoutes.Match match, HttpReply reply) {
        boolean streams = match.route().method().descriptor().isServerStreaming();
        HttpStream stream = new HttpStream(request, reply, json);
        Exchange exchange = new Exchange(edge, streams, streams ? stream::refuse : reply::refuse);
        request.exceptionHandler(failure -> exchange.callerLeft());
        request.response().exceptionHandler(failure -> exchange.callerLeft());
        request.response().closeHandler(closed -> exchange.callerLeft());
        int limit = edge.limits().requestBytes();
        BodyCollector.collect(
                request,
                limit,
                body -> start(request, inbound, match, exchange, reply, stream, body),
                () -> {
                    if (exchange.finish()) {
                        reply.refuse(
                                HttpStatus.PAYLOAD_TOO_LARGE,
                                GrpcErrors.status(TooLarge.request(limit), inbound.id()));
                    }
                });
    }

    private void start(
            HttpServerRequest request,
            Inbound inbound,
            HttpRoutes.Match match,
            Exchange exchange,
            HttpReply reply,
            HttpStream stream,
            Buffer body) {
        String query = Optional.ofNullable(request.query()).orElse("");
        if (exchange.streams()) {
            stream.start(
                    edge,
                    exchange,
                    match.route().method(),
                    inbound,
                    () -> message(match, query, body));
        } else {
            exchange.endAfter(edge.limits().callTime());
            exchange.run(
                    () ->
                            json.pretty(
                                    edge.dispatcher()
                                            .unary(
                                                    match.route().method(),
                                                    inbound,
                                                    exchange.signal(),
                                                    () -> message(match, query, body))),
                    reply::ok);
        }
    }

    private static Message message(HttpRoutes.Match match, String query, Buffer body) {
        return HttpRequests.read(match, query, body.getBytes());
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = Optional.ofNullable(request.getHeader("content-type")).orElse("");
        String length = Optional.ofNullable(request.getHeader("content-length")).orElse("");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json") || (media.isEmpty() && length.equals("0"));
    }
}
