package dev.drover.gateway.api.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthProto;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;

/** {@code grpc.health.v1.Health}; the only service that asks for no token, and answers at once. */
final class Health {
    static final ServiceDescriptor SERVICE =
            HealthProto.getDescriptor().findServiceByName("Health");
    private static final String ITSELF = SERVICE.getFullName();

    private final Edge edge;
    private final Readiness readiness;

    Health(Edge edge, Readiness readiness) {
        this.edge = edge;
        this.readiness = readiness;
    }

    boolean serves(GrpcServerRequest<Buffer, Buffer> request) {
        return request.serviceName().fullyQualifiedName().equals(ITSELF);
    }

    void accept(GrpcServerRequest<Buffer, Buffer> request) {
        boolean watch = request.methodName().equals("Watch");
        Exchange exchange =
                new Exchange(edge, watch, status -> GrpcReply.refuse(request.response(), status));
        GrpcCalls.watchCaller(request, exchange);
        request.messageHandler(message -> {
            try {
                Message asked =
                        Payload.read(
                                message,
                                HealthCheckRequest.getDefaultInstance(),
                                edge.limits().requestBytes());
                answer(request, exchange, ((HealthCheckRequest) asked).getService());
            } catch (GatewayException e) {
                exchange.refuse(GrpcErrors.status(e, ""));
            }
        });
    }

    private void answer(
            GrpcServerRequest<Buffer, Buffer> request, Exchange exchange, String service) {
        switch (request.methodName()) {
            case "Check" -> check(request.response(), exchange, service);
            case "Watch" -> watch(request.response(), exchange, service);
            default ->
                    exchange.refuse(
                            GrpcErrors.status(
                                    Reason.METHOD_NOT_FOUND,
                                    "this gateway has no method " + request.fullMethodName(),
                                    ErrorDetails.NONE));
        }
    }

    private void check(
            GrpcServerResponse<Buffer, Buffer> response, Exchange exchange, String service) {
        if (!known(service)) {
            exchange.refuse(
                    GrpcErrors.status(
                            Reason.NOT_FOUND, "there is no service " + service, ErrorDetails.NONE));
        } else if (exchange.finish()) {
            response.end(encoded(status(readiness.ready())));
        }
    }

    private void watch(
            GrpcServerResponse<Buffer, Buffer> response, Exchange exchange, String service) {
        if (!known(service)) {
            response.write(encoded(ServingStatus.SERVICE_UNKNOWN));
            return;
        }
        Runnable forget =
                readiness.watch(ready ->
                        exchange.onContext(() -> {
                            if (!exchange.done()) {
                                response.write(encoded(status(ready)));
                            }
                        }));
        exchange.signal().interrupts(forget);
    }

    private boolean known(String service) {
        return service.isEmpty()
                || service.equals(ITSELF)
                || edge.methods().services().stream()
                        .anyMatch(served -> served.getFullName().equals(service));
    }

    private static ServingStatus status(boolean ready) {
        return ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static Buffer encoded(ServingStatus status) {
        return GrpcCalls.encode(HealthCheckResponse.newBuilder().setStatus(status).build());
    }
}
