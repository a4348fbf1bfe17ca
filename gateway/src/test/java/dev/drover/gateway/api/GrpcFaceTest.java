package dev.drover.gateway.api;

import static dev.drover.gateway.api.ServedApi.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.v1.CreateProjectRequest;
import dev.drover.v1.DeleteProjectRequest;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.ListProjectsRequest;
import dev.drover.v1.Project;
import dev.drover.v1.ProjectServiceGrpc;
import dev.drover.v1.ProjectServiceGrpc.ProjectServiceBlockingStub;
import dev.drover.v1.WatchProjectsRequest;
import dev.drover.v1.WatchProjectsResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gRPC face through grpc-java, which shares no code with the server. */
class GrpcFaceTest {
    private static final ProjectsInMemory PROJECTS = new ProjectsInMemory();
    private static ServedApi api;

    @BeforeAll
    static void serve() {
        api =
                new ServedApi(
                        PROJECTS.methods(),
                        new ApiLimits(1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(10)));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static ProjectServiceBlockingStub stub(String token) {
        return ProjectServiceGrpc.newBlockingStub(api.channel()).withInterceptors(bearer(token));
    }

    private static StatusRuntimeException refused(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    private static ErrorInfo info(StatusRuntimeException refusal)
            throws InvalidProtocolBufferException {
        com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
        assertThat(status).isNotNull();
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                return detail.unpack(ErrorInfo.class);
            }
        }
        throw new AssertionError("no ErrorInfo in " + status);
    }

    @Test
    void answerOfAMethodComesBack() {
        Project created =
                stub("admin-token")
                        .createProject(
                                CreateProjectRequest.newBuilder()
                                        .setProjectId("shop")
                                        .setProject(Project.newBuilder().setDisplayName("Shop"))
                                        .build());

        assertThat(created.getName()).isEqualTo("projects/shop");
        assertThat(PROJECTS.calls)
                .anySatisfy(call -> {
                    assertThat(call.caller().account()).isEqualTo("serviceAccounts/admin");
                    assertThat(call.method()).isEqualTo("drover.v1.ProjectService/CreateProject");
                });
    }

    @Test
    void callWithoutTokenIsRefused() throws Exception {
        StatusRuntimeException refusal =
                refused(() ->
                        ProjectServiceGrpc.newBlockingStub(api.channel())
                                .listProjects(ListProjectsRequest.getDefaultInstance()));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(info(refusal).getReason()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(info(refusal).getDomain()).isEqualTo("drover.dev");
    }

    @Test
    void callWithWrongTokenIsRefused() {
        assertThat(
                        refused(() ->
                                        stub("guess")
                                                .listProjects(
                                                        ListProjectsRequest.newBuilder().build()))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void viewerMayNotCreateAndLearnsNothingOfTheRequest() throws Exception {
        int before = PROJECTS.calls.size();

        StatusRuntimeException refusal =
                refused(() ->
                        stub("viewer-token")
                                .createProject(CreateProjectRequest.newBuilder().build()));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(info(refusal).getMetadataMap()).containsEntry("neededLevel", "ADMIN");
        assertThat(PROJECTS.calls).hasSize(before);
    }

    @Test
    void missingProjectComesWithTypedDetails() throws Exception {
        StatusRuntimeException refusal =
                refused(() -> stub("viewer-token").getProject(name("projects/none")));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(StatusProto.fromThrowable(refusal).getDetails(1).unpack(ResourceInfo.class))
                .satisfies(resource -> {
                    assertThat(resource.getResourceType()).isEqualTo("drover.dev/Project");
                    assertThat(resource.getResourceName()).isEqualTo("projects/none");
                });
    }

    @Test
    void faultIsToldByItsIdOnly() throws Exception {
        StatusRuntimeException refusal =
                refused(() -> stub("viewer-token").getProject(name(ProjectsInMemory.BROKEN)));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(refusal.getStatus().getDescription())
                .doesNotContain("secret")
                .contains(info(refusal).getMetadataOrThrow("id"));
    }

    @Test
    void methodThatNobodyImplementsIsUnimplemented() throws Exception {
        StatusRuntimeException refusal =
                refused(() ->
                        stub("admin-token")
                                .deleteProject(DeleteProjectRequest.newBuilder().build()));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(info(refusal).getReason()).isEqualTo("METHOD_NOT_FOUND");
    }

    @Test
    void deadlineStopsTheWork() throws Exception {
        StatusRuntimeException refusal =
                refused(() ->
                        stub("viewer-token")
                                .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                                .getProject(name(ProjectsInMemory.SLOW)));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(PROJECTS.slowInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void streamEndsAfterItsMessages() {
        List<WatchProjectsResponse> messages = new ArrayList<>();
        stub("viewer-token").watchProjects(filter("")).forEachRemaining(messages::add);

        assertThat(messages).last().matches(WatchProjectsResponse::hasHeartbeat);
    }

    @Test
    void callerWhoLeavesEndsTheStream() throws Exception {
        ProjectsInMemory own = new ProjectsInMemory();
        try (ServedApi other = new ServedApi(own.methods(), ApiLimits.DEFAULT)) {
            Context.CancellableContext caller = Context.current().withCancellation();
            caller.run(() -> {
                Iterator<WatchProjectsResponse> watch =
                        ProjectServiceGrpc.newBlockingStub(other.channel())
                                .withInterceptors(bearer("viewer-token"))
                                .watchProjects(filter("for-ever"));
                assertThat(watch.next().hasHeartbeat()).isTrue();
            });
            assertThat(own.watchEnded.getCount()).isOne();

            caller.cancel(null);

            assertThat(own.watchEnded.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void callerWhoDoesNotReadIsRefused() throws Exception {
        ProjectsInMemory own = new ProjectsInMemory();
        ApiLimits impatient =
                new ApiLimits(1 << 20, Duration.ofSeconds(20), Duration.ofMillis(300));
        try (ServedApi other = new ServedApi(own.methods(), impatient)) {
            ClientCall<WatchProjectsRequest, WatchProjectsResponse> call =
                    ClientInterceptors.intercept(other.channel(), bearer("viewer-token"))
                            .newCall(
                                    ProjectServiceGrpc.getWatchProjectsMethod(),
                                    CallOptions.DEFAULT);
            CompletableFuture<Status> end = new CompletableFuture<>();
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            end.complete(status);
                        }
                    },
                    new Metadata());
            call.sendMessage(filter("flood"));
            call.halfClose();
            call.request(1);
            assertThat(own.watchEnded.await(20, TimeUnit.SECONDS)).isTrue();

            call.request(Integer.MAX_VALUE);

            assertThat(end.get(20, TimeUnit.SECONDS).getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void largeRequestIsRefusedAndTheConnectionStaysUsable() throws Exception {
        CreateProjectRequest large = largeRequest(2 << 20);

        StatusRuntimeException refusal = refused(() -> stub("admin-token").createProject(large));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(info(refusal).getMetadataMap()).containsEntry("limitBytes", "1048576");
        assertThat(refused(() -> stub("viewer-token").getProject(name("projects/none"))))
                .isNotNull();
    }

    @Test
    void compressedRequestIsMeasuredAfterDecompression() {
        CreateProjectRequest bomb = largeRequest(64 << 20);

        assertThat(
                        refused(() ->
                                        stub("admin-token")
                                                .withCompression("gzip")
                                                .createProject(bomb))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(
                        stub("admin-token")
                                .withCompression("gzip")
                                .createProject(largeRequest(1000))
                                .getDisplayName())
                .hasSize(1000);
    }

    @Test
    void healthAsksForNoToken() {
        assertThat(
                        HealthGrpc.newBlockingStub(api.channel())
                                .check(
                                        HealthCheckRequest.newBuilder()
                                                .setService("drover.v1.ProjectService")
                                                .build())
                                .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(
                        HealthGrpc.newBlockingStub(api.channel())
                                .watch(HealthCheckRequest.getDefaultInstance())
                                .next()
                                .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    private static CreateProjectRequest largeRequest(int size) {
        return CreateProjectRequest.newBuilder()
                .setProjectId("large")
                .setProject(Project.newBuilder().setDisplayName("x".repeat(size)))
                .build();
    }

    private static GetProjectRequest name(String name) {
        return GetProjectRequest.newBuilder().setName(name).build();
    }

    private static WatchProjectsRequest filter(String filter) {
        return WatchProjectsRequest.newBuilder().setFilter(filter).build();
    }
}
