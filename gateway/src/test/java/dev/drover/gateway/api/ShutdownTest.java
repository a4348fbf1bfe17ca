package dev.drover.gateway.api;

import static dev.drover.gateway.api.ServedApi.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.Project;
import dev.drover.v1.ProjectServiceGrpc;
import dev.drover.v1.WatchProjectsRequest;
import dev.drover.v1.WatchProjectsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A gateway that goes down lets calls finish and sends streams elsewhere. */
class ShutdownTest {
    private static final class Answers<M> implements StreamObserver<M> {
        final CountDownLatch first = new CountDownLatch(1);
        final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onNext(M message) {
            first.countDown();
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    @Test
    void callsFinishAndStreamsAreSentElsewhere() throws Exception {
        ProjectsInMemory projects = new ProjectsInMemory();
        try (ServedApi api = new ServedApi(projects.methods(), ApiLimits.DEFAULT)) {
            projects.projects.put(ProjectsInMemory.PATIENT, Project.getDefaultInstance());
            var stub =
                    ProjectServiceGrpc.newStub(api.channel())
                            .withInterceptors(bearer("viewer-token"));
            Answers<WatchProjectsResponse> stream = new Answers<>();
            stub.watchProjects(
                    WatchProjectsRequest.newBuilder().setFilter("for-ever").build(), stream);
            assertThat(stream.first.await(20, TimeUnit.SECONDS)).isTrue();
            Answers<Project> call = new Answers<>();
            stub.getProject(
                    GetProjectRequest.newBuilder().setName(ProjectsInMemory.PATIENT).build(), call);
            assertThat(projects.patientBegan.await(20, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> api.server().stop(Duration.ofSeconds(30)));

            assertThat(stream.end.get(20, TimeUnit.SECONDS).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(stopped).isNotDone();
            projects.patientMayEnd.countDown();
            assertThat(call.end.get(20, TimeUnit.SECONDS)).isEqualTo(Status.OK);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void callThatDoesNotFinishInTimeIsEnded() throws Exception {
        ProjectsInMemory projects = new ProjectsInMemory();
        try (ServedApi api = new ServedApi(projects.methods(), ApiLimits.DEFAULT)) {
            Answers<Project> call = new Answers<>();
            ProjectServiceGrpc.newStub(api.channel())
                    .withInterceptors(bearer("viewer-token"))
                    .getProject(
                            GetProjectRequest.newBuilder().setName(ProjectsInMemory.SLOW).build(),
                            call);
            assertThat(projects.slowBegan.await(20, TimeUnit.SECONDS)).isTrue();

            api.server().stop(Duration.ofMillis(100));

            assertThat(projects.slowInterrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(call.end.get(20, TimeUnit.SECONDS).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }
}
