package dev.drover.gateway.api;

import static dev.drover.gateway.api.ServedApi.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.api.dispatch.ApiLimits;
import io.grpc.Status;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reflection through grpc-java's stubs, several questions on one stream. */
class ReflectionTest {
    private static ServedApi api;

    @BeforeAll
    static void serve() {
        api = new ServedApi(new ProjectsInMemory().methods(), ApiLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static List<ServerReflectionResponse> ask(ServerReflectionRequest... questions)
            throws Exception {
        return ask("viewer-token", questions).get(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<List<ServerReflectionResponse>> ask(
            String token, ServerReflectionRequest... questions) {
        CompletableFuture<List<ServerReflectionResponse>> answers = new CompletableFuture<>();
        List<ServerReflectionResponse> seen = new ArrayList<>();
        StreamObserver<ServerReflectionRequest> stream =
                ServerReflectionGrpc.newStub(api.channel())
                        .withInterceptors(bearer(token))
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse answer) {
                                        seen.add(answer);
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        answers.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        answers.complete(seen);
                                    }
                                });
        for (ServerReflectionRequest question : questions) {
            stream.onNext(question);
        }
        stream.onCompleted();
        return answers;
    }

    private static ServerReflectionRequest symbol(String name) {
        return ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build();
    }

    private static List<FileDescriptorProto> files(ServerReflectionResponse answer)
            throws InvalidProtocolBufferException {
        List<FileDescriptorProto> files = new ArrayList<>();
        for (var bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            files.add(FileDescriptorProto.parseFrom(bytes));
        }
        return files;
    }

    @Test
    void servicesAreListed() throws Exception {
        var answer =
                ask(ServerReflectionRequest.newBuilder().setListServices("*").build()).getFirst();

        assertThat(answer.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactly(
                        "drover.v1.ProjectService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
    }

    @Test
    void everyKindOfNameIsFoundWithItsImportsAndComments() throws Exception {
        for (String name :
                new String[] {
                    "drover.v1.ProjectService",
                    "drover.v1.ProjectService.GetProject",
                    "drover.v1.Project",
                    "drover.v1.Project.labels"
                }) {
            List<FileDescriptorProto> files = files(ask(symbol(name)).getFirst());
            assertThat(files.getFirst().getName()).isEqualTo("drover/v1/project.proto");
            assertThat(files.getFirst().getSourceCodeInfo().getLocationList())
                    .anyMatch(location -> location.getLeadingComments().contains("team"));
            assertThat(files)
                    .extracting(FileDescriptorProto::getName)
                    .contains("google/protobuf/timestamp.proto", "drover/v1/options.proto");
        }
        assertThat(files(ask(symbol("drover.v1.AccessLevel")).getFirst()).getFirst().getName())
                .isEqualTo("drover/v1/options.proto");
        assertThat(files(ask(symbol("grpc.health.v1.Health")).getFirst())).hasSize(1);
    }

    @Test
    void aFileIsSentOncePerStream() throws Exception {
        List<ServerReflectionResponse> answers =
                ask(symbol("drover.v1.ProjectService"), symbol("drover.v1.AccessLevel"));

        assertThat(files(answers.get(0))).hasSizeGreaterThan(5);
        assertThat(files(answers.get(1))).hasSize(1);
    }

    @Test
    void extensionsAreFound() throws Exception {
        List<ServerReflectionResponse> answers =
                ask(
                        ServerReflectionRequest.newBuilder()
                                .setAllExtensionNumbersOfType("google.protobuf.MethodOptions")
                                .build(),
                        ServerReflectionRequest.newBuilder()
                                .setFileContainingExtension(
                                        ExtensionRequest.newBuilder()
                                                .setContainingType("google.protobuf.MethodOptions")
                                                .setExtensionNumber(50100))
                                .build());

        assertThat(answers.get(0).getAllExtensionNumbersResponse().getExtensionNumberList())
                .contains(50100, 72295728);
        assertThat(files(answers.get(1)).getFirst().getName()).isEqualTo("drover/v1/options.proto");
    }

    @Test
    void unknownNameIsAnErrorAndTheStreamGoesOn() throws Exception {
        List<ServerReflectionResponse> answers =
                ask(symbol("drover.v1.Nothing"), symbol("drover.v1.Project"));

        assertThat(answers.get(0).getErrorResponse().getErrorCode())
                .isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(answers.get(1).hasFileDescriptorResponse()).isTrue();
    }

    @Test
    void callerWithoutTokenLearnsNothing() {
        assertThat(ask("guess", symbol("drover.v1.Project")))
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("UNAUTHENTICATED");
    }
}
