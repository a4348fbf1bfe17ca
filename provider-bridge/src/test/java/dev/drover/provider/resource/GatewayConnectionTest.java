package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.drover.provider.framework.Cancellation;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.Project;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How calls get through to a gateway that stumbles. */
class GatewayConnectionTest {
    private static final Noun PROJECT = Blocks.noun("drover_project");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Queue<StatusRuntimeException> stumbles = new ConcurrentLinkedQueue<>();
    private final Queue<Message> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private boolean alwaysDown;
    private Server server;
    private GatewayConnection connection;

    @BeforeEach
    void start() throws Exception {
        server = serve(0);
        connection =
                GatewayConnection.open(
                        GatewayAddress.parse("http://127.0.0.1:" + server.getPort()),
                        "secret",
                        Optional.empty());
    }

    @AfterEach
    void stop() {
        connection.close();
        server.shutdownNow();
    }

    @Test
    void callCarriesTheTokenAndGetsItsAnswer() {
        assertThat(name(get())).isEqualTo("projects/shop");
        assertThat(tokens).containsExactly("Bearer secret");
    }

    @Test
    void gatewayThatGoesDownIsAskedTheSameAgain() {
        stumbles.add(refusal(Status.Code.UNAVAILABLE, "SHUTTING_DOWN"));
        stumbles.add(Status.UNAVAILABLE.asRuntimeException());
        stumbles.add(refusal(Status.Code.ABORTED, "REVISION_CONFLICT"));
        assertThat(name(get())).isEqualTo("projects/shop");
        assertThat(requests).hasSize(4).containsOnly(requests.element());
    }

    @Test
    void gatewayThatIsRestartedIsWaitedFor() throws Exception {
        get();
        int port = server.getPort();
        server.shutdownNow().awaitTermination();
        CompletableFuture<Message> answer = CompletableFuture.supplyAsync(this::get);
        server = serve(port);
        assertThat(name(answer.get())).isEqualTo("projects/shop");
    }

    @Test
    void refusalOfTheGatewayIsFinal() {
        stumbles.add(refusal(Status.Code.NOT_FOUND, "NOT_FOUND"));
        RefusedException refused = catchThrowableOfType(RefusedException.class, this::get);
        assertThat(refused.is("NOT_FOUND")).isTrue();
        assertThat(refused.text()).isEqualTo("because of NOT_FOUND");
        assertThat(requests).hasSize(1);
    }

    @Test
    void clusterThatCannotBeReachedIsNoReasonToAskAgain() {
        stumbles.add(refusal(Status.Code.UNAVAILABLE, "NOMAD_UNREACHABLE"));
        assertThat(catchThrowableOfType(RefusedException.class, this::get).isUncertain()).isFalse();
        assertThat(requests).hasSize(1);
    }

    @Test
    void oneCallWaitsForAllOthersToo() {
        alwaysDown = true;
        RefusedException first = catchThrowableOfType(RefusedException.class, this::get);
        assertThat(first.isTold()).isFalse();
        assertThat(first.isUncertain()).isTrue();
        assertThat(requests).hasSizeGreaterThan(2);
        requests.clear();
        assertThat(catchThrowableOfType(RefusedException.class, this::get)).isNotNull();
        assertThat(requests).hasSize(1);
        alwaysDown = false;
        get();
        stumbles.add(Status.UNAVAILABLE.asRuntimeException());
        assertThat(name(get())).isEqualTo("projects/shop");
    }

    @Test
    void cancelledCallIsNotTriedAgain() {
        stumbles.add(Status.UNAVAILABLE.asRuntimeException());
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        assertThat(catchThrowableOfType(RefusedException.class, () -> get(cancellation)))
                .isNotNull();
        assertThat(requests).hasSize(1);
    }

    /** The runtime would wait for such a thread when the process ends. */
    @Test
    void nothingReadsFromAConnectionThatIsClosed() {
        get();
        assertThat(clientsReading()).isTrue();
        connection.close();
        assertThat(clientsReading()).isFalse();
    }

    private static boolean clientsReading() {
        return Thread.getAllStackTraces().values().stream()
                .map(List::of)
                .map(Object::toString)
                .anyMatch(stack ->
                        stack.contains("OkHttpClientTransport") && stack.contains("Socket"));
    }

    private Message get() {
        return get(new Cancellation());
    }

    private Message get(Cancellation cancellation) {
        return connection.call(
                PROJECT.method("Get"),
                new NounRequests(PROJECT).get("projects/shop"),
                cancellation);
    }

    private static String name(Message project) {
        return (String) project.getField(project.getDescriptorForType().findFieldByName("name"));
    }

    private static StatusRuntimeException refusal(Status.Code code, String reason) {
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(code.value())
                        .setMessage("because of " + reason)
                        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
                        .build());
    }

    private Server serve(int port) throws Exception {
        MethodDescriptor<GetProjectRequest, Project> method =
                MethodDescriptor.<GetProjectRequest, Project>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("drover.v1.ProjectService/GetProject")
                        .setRequestMarshaller(
                                ProtoUtils.marshaller(GetProjectRequest.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Project.getDefaultInstance()))
                        .build();
        ServerServiceDefinition service =
                ServerServiceDefinition.builder("drover.v1.ProjectService")
                        .addMethod(method, ServerCalls.asyncUnaryCall(this::answer))
                        .build();
        return OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        InsecureServerCredentials.create())
                .addService(service)
                .intercept(new TokenNotes())
                .build()
                .start();
    }

    private void answer(GetProjectRequest request, StreamObserver<Project> reply) {
        requests.add(request);
        StatusRuntimeException stumble =
                alwaysDown ? Status.UNAVAILABLE.asRuntimeException() : stumbles.poll();
        if (stumble != null) {
            reply.onError(stumble);
        } else {
            reply.onNext(Project.newBuilder().setName(request.getName()).build());
            reply.onCompleted();
        }
    }

    private final class TokenNotes implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            tokens.addAll(List.of(String.valueOf(headers.get(AUTHORIZATION))));
            return next.startCall(call, headers);
        }
    }
}
