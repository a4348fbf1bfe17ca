package dev.drover.gateway.api.grpc;

import com.google.protobuf.Message;
import dev.drover.gateway.api.dispatch.Dispatcher;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.api.dispatch.ServedMethod;
import dev.drover.gateway.api.dispatch.StreamSender;
import dev.drover.gateway.api.dispatch.TooLarge;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.AccessLevel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Serves the methods of the table over gRPC and gRPC-Web. */
final class GrpcCalls {
    private final Edge edge;

    GrpcCalls(Edge edge) {
        this.edge = edge;
    }

    /** Takes one call; on the event loop. */
    void accept(GrpcServerRequest<Buffer, Buffer> request) {
        Optional<ServedMethod> method = edge.methods().find(request.fullMethodName());
        Inbound inbound = inbound(request);
        GrpcReply.identify(request, inbound.id());
        boolean streams = method.map(m -> m.descriptor().isServerStreaming()).orElse(false);
        Exchange exchange =
                new Exchange(edge, streams, status -> GrpcReply.refuse(request.response(), status));
        watchCaller(request, exchange);
        limitTime(request, exchange, streams);
        List<GrpcMessage> messages = new ArrayList<>();
        request.invalidMessageHandler(invalid ->
                refuse(exchange, inbound, TooLarge.request(edge.limits().requestBytes())));
        // The payload as it came, still compressed: see Payload.
        request.messageHandler(messages::add);
        request.endHandler(end -> {
            if (!exchange.done()) {
                start(request, method, inbound, exchange, messages);
            }
        });
    }

    private void start(
            GrpcServerRequest<Buffer, Buffer> request,
            Optional<ServedMethod> method,
            Inbound inbound,
            Exchange exchange,
            List<GrpcMessage> messages) {
        if (method.isEmpty()) {
            exchange.run(() -> unknown(request.fullMethodName(), inbound, exchange), never -> {});
        } else if (exchange.streams()) {
            stream(request, method.get(), inbound, exchange, messages);
        } else {
            exchange.run(
                    () ->
                            encode(
                                    edge.dispatcher()
                                            .unary(
                                                    method.get(),
                                                    inbound,
                                                    exchange.signal(),
                                                    () -> read(method.get(), messages))),
                    bytes -> request.response().end(bytes));
        }
    }

    private void stream(
            GrpcServerRequest<Buffer, Buffer> request,
            ServedMethod method,
            Inbound inbound,
            Exchange exchange,
            List<GrpcMessage> messages) {
        StreamSender sender =
                new StreamSender(
                        exchange,
                        request.response(),
                        GrpcCalls::encode,
                        edge.limits().slowReader());
        exchange.run(
                () -> {
                    edge.dispatcher().stream(
                            method,
                            inbound,
                            exchange.signal(),
                            () -> read(method, messages),
                            sender);
                    return true;
                },
                done -> request.response().end());
    }

    private Message read(ServedMethod method, List<GrpcMessage> messages) {
        if (messages.size() != 1) {
            throw Payload.malformed(
                    "%s takes one request; %d came".formatted(method.fullName(), messages.size()));
        }
        return Payload.read(messages.getFirst(), method.request(), edge.limits().requestBytes());
    }

    private Message unknown(String name, Inbound inbound, Exchange exchange) throws Exception {
        return edge.dispatcher()
                .page(
                        "unknown",
                        AccessLevel.VIEWER,
                        inbound,
                        exchange.signal(),
                        () -> {
                            throw Dispatcher.unimplemented(name);
                        });
    }

    static Buffer encode(Message message) {
        return Buffer.buffer(message.toByteArray());
    }

    static void refuse(Exchange exchange, Inbound inbound, GatewayException refusal) {
        exchange.refuse(GrpcErrors.status(refusal, inbound.id()));
    }

    Inbound inbound(GrpcServerRequest<Buffer, Buffer> request) {
        String type = header(request, "content-type").orElse("");
        SocketAddress peer = request.connection().remoteAddress();
        return new Inbound(
                header(request, "authorization"),
                Inbound.id(header(request, Inbound.ID_HEADER), edge.random()),
                type.startsWith("application/grpc-web") ? "grpc-web" : "grpc",
                String.valueOf(peer));
    }

    /**
     * Every way in which a caller can leave: a reset, a broken message stream, a lost connection.
     */
    static void watchCaller(GrpcServerRequest<Buffer, Buffer> request, Exchange exchange) {
        request.errorHandler(error -> exchange.callerLeft());
        request.exceptionHandler(failure -> exchange.callerLeft());
        request.response().exceptionHandler(failure -> exchange.callerLeft());
    }

    private void limitTime(
            GrpcServerRequest<Buffer, Buffer> request, Exchange exchange, boolean streams) {
        Optional<Duration> wanted = GrpcTimeout.parse(header(request, GrpcTimeout.HEADER));
        Duration most = edge.limits().callTime();
        if (streams) {
            wanted.ifPresent(exchange::endAfter);
        } else {
            exchange.endAfter(wanted.filter(time -> time.compareTo(most) < 0).orElse(most));
        }
    }

    private static Optional<String> header(GrpcServerRequest<Buffer, Buffer> request, String name) {
        return Optional.ofNullable(request.headers().get(name));
    }
}
