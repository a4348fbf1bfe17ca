package dev.drover.gateway.api.grpc;

import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Readiness;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;

/** gRPC and gRPC-Web of the gateway. */
public final class GrpcFace {
    private final GrpcServer server;
    private final GrpcCalls calls;
    private final Health health;
    private final Reflection reflection;

    /** Serves the methods of the edge, health, and reflection. */
    public GrpcFace(Edge edge, Readiness readiness) {
        this.calls = new GrpcCalls(edge);
        this.health = new Health(edge, readiness);
        this.reflection = new Reflection(edge);
        GrpcServerOptions options =
                new GrpcServerOptions()
                        .setMaxMessageSize(edge.limits().requestBytes())
                        // Ours: its deadline stops nobody, its JSON is not ours.
                        .setScheduleDeadlineAutomatically(false)
                        .removeEnabledProtocol(GrpcProtocol.TRANSCODING);
        this.server = GrpcServer.server(edge.vertx(), options).callHandler(this::accept);
    }

    /** Whether a request is for this face. */
    public boolean wants(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        return type != null && type.startsWith("application/grpc");
    }

    /** Takes one request; on the event loop. */
    public void handle(HttpServerRequest request) {
        server.handle(request);
    }

    private void accept(GrpcServerRequest<Buffer, Buffer> request) {
        if (health.serves(request)) {
            health.accept(request);
        } else if (reflection.serves(request)) {
            reflection.accept(request, calls.inbound(request));
        } else {
            calls.accept(request);
        }
    }
}
