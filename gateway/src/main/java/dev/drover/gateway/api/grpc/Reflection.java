package dev.drover.gateway.api.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.rpc.ErrorDetailsProto;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.api.schema.SchemaFiles;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.AccessLevel;
import io.grpc.reflection.v1.ServerReflectionProto;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code grpc.reflection.v1.ServerReflection} and its older twin v1alpha, whose messages have the
 * same form on the wire. Knows everything that is declared, comments and options included.
 */
final class Reflection {
    @SuppressWarnings("deprecation") // v1alpha is what older clients still ask for
    private static final List<ServiceDescriptor> OWN =
            List.of(
                    ServerReflectionProto.getDescriptor().findServiceByName("ServerReflection"),
                    io.grpc.reflection.v1alpha.ServerReflectionProto.getDescriptor()
                            .findServiceByName("ServerReflection"));

    private final Edge edge;
    private final Supplier<Index> index;

    private record Index(SchemaFiles files, SymbolIndex symbols, List<String> services) {}

    Reflection(Edge edge) {
        this.edge = edge;
        this.index = lazily(this::read);
    }

    boolean serves(GrpcServerRequest<Buffer, Buffer> request) {
        String service = request.serviceName().fullyQualifiedName();
        return OWN.stream().anyMatch(own -> own.getFullName().equals(service));
    }

    private Index read() {
        List<ServiceDescriptor> services =
                Stream.concat(
                                edge.methods().services().stream(),
                                Stream.concat(Stream.of(Health.SERVICE), OWN.stream()))
                        .toList();
        List<FileDescriptor> all = new ArrayList<>();
        services.forEach(service -> all.add(service.getFile()));
        all.add(ErrorDetailsProto.getDescriptor());
        SchemaFiles files = SchemaFiles.with(all);
        return new Index(
                files,
                new SymbolIndex(files),
                services.stream().map(ServiceDescriptor::getFullName).toList());
    }

    private static Supplier<Index> lazily(Supplier<Index> maker) {
        return new Supplier<>() {
            private Optional<Index> made = Optional.empty();

            @Override
            public synchronized Index get() {
                if (made.isEmpty()) {
                    made = Optional.of(maker.get());
                }
                return made.get();
            }
        };
    }

    void accept(GrpcServerRequest<Buffer, Buffer> request, Inbound inbound) {
        Exchange exchange =
                new Exchange(edge, true, status -> GrpcReply.refuse(request.response(), status));
        GrpcCalls.watchCaller(request, exchange);
        ReflectionStream stream = new ReflectionStream(request, exchange, inbound);
        request.messageHandler(stream::message);
        request.endHandler(end -> stream.ended());
        edge.threads()
                .run(
                        edge.vertx().getOrCreateContext(),
                        () ->
                                edge.dispatcher()
                                        .page(
                                                request.fullMethodName(),
                                                AccessLevel.VIEWER,
                                                inbound,
                                                exchange.signal(),
                                                index))
                .reply()
                .onSuccess(stream::opened)
                .onFailure(exchange::refuse);
    }

    /** One caller's questions; on the event loop, every answer is a look into maps. */
    private final class ReflectionStream {
        private final GrpcServerRequest<Buffer, Buffer> request;
        private final Exchange exchange;
        private final Inbound inbound;
        private final List<GrpcMessage> early = new ArrayList<>();
        private Optional<ReflectionAnswers> answers = Optional.empty();
        private boolean ended;

        ReflectionStream(
                GrpcServerRequest<Buffer, Buffer> request, Exchange exchange, Inbound inbound) {
            this.request = request;
            this.exchange = exchange;
            this.inbound = inbound;
        }

        void opened(Index opened) {
            answers =
                    Optional.of(
                            new ReflectionAnswers(
                                    opened.files(), opened.symbols(), opened.services()));
            early.forEach(this::message);
            if (ended) {
                end();
            }
        }

        void message(GrpcMessage message) {
            if (exchange.done()) {
                return;
            }
            if (answers.isEmpty()) {
                early.add(message);
                return;
            }
            try {
                var asked =
                        (ServerReflectionRequest)
                                Payload.read(
                                        message,
                                        ServerReflectionRequest.getDefaultInstance(),
                                        edge.limits().requestBytes());
                request.response().write(GrpcCalls.encode(answers.get().answer(asked)));
            } catch (GatewayException refusal) {
                GrpcCalls.refuse(exchange, inbound, refusal);
            }
        }

        void ended() {
            ended = true;
            if (answers.isPresent()) {
                end();
            }
        }

        private void end() {
            if (exchange.finish()) {
                request.response().end();
            }
        }
    }
}
