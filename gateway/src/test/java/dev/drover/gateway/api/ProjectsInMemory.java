package dev.drover.gateway.api;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.CreateProjectRequest;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.Heartbeat;
import dev.drover.v1.ListProjectsRequest;
import dev.drover.v1.ListProjectsResponse;
import dev.drover.v1.Project;
import dev.drover.v1.ProjectProto;
import dev.drover.v1.UpdateProjectRequest;
import dev.drover.v1.WatchProjectsRequest;
import dev.drover.v1.WatchProjectsResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A part of the project service, small enough to see what the edge does with it. */
final class ProjectsInMemory {
    /** Makes {@code GetProject} wait until its caller leaves. */
    static final String SLOW = "projects/slow";

    /** Makes {@code GetProject} wait until the test lets it go on. */
    static final String PATIENT = "projects/patient";

    /** Makes {@code GetProject} fail in a way that nobody planned. */
    static final String BROKEN = "projects/broken";

    final Map<String, Project> projects = new ConcurrentHashMap<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();
    final List<Message> requests = new CopyOnWriteArrayList<>();
    final CountDownLatch slowBegan = new CountDownLatch(1);
    final CountDownLatch slowInterrupted = new CountDownLatch(1);
    final CountDownLatch patientBegan = new CountDownLatch(1);
    final CountDownLatch patientMayEnd = new CountDownLatch(1);
    final CountDownLatch watchEnded = new CountDownLatch(1);

    Methods methods() {
        Methods methods = new Methods();
        methods.add(method("CreateProject"), this::create);
        methods.add(method("GetProject"), this::get);
        methods.add(method("ListProjects"), this::list);
        methods.add(method("UpdateProject"), this::update);
        methods.addStream(method("WatchProjects"), this::watch);
        return methods;
    }

    private static MethodDescriptor method(String name) {
        ServiceDescriptor service =
                ProjectProto.getDescriptor().findServiceByName("ProjectService");
        return service.findMethodByName(name);
    }

    private void note(Call call, Message request) {
        calls.add(call);
        requests.add(request);
    }

    private Message create(Call call, Message message) {
        note(call, message);
        CreateProjectRequest request = (CreateProjectRequest) message;
        String name = "projects/" + request.getProjectId();
        Project created = request.getProject().toBuilder().setName(name).build();
        projects.put(name, created);
        return created;
    }

    private Message get(Call call, Message message) {
        note(call, message);
        String name = ((GetProjectRequest) message).getName();
        switch (name) {
            case SLOW -> waitForInterrupt();
            case PATIENT -> waitForTest();
            case BROKEN -> throw new NullPointerException("secret text of a fault");
            default -> {}
        }
        Project project = projects.get(name);
        if (project == null) {
            throw GatewayException.notFound("drover.dev/Project", name);
        }
        return project;
    }

    private void waitForInterrupt() {
        slowBegan.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            slowInterrupted.countDown();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void waitForTest() {
        patientBegan.countDown();
        try {
            patientMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Message list(Call call, Message message) {
        note(call, message);
        return ListProjectsResponse.newBuilder()
                .addAllProjects(projects.values())
                .setNextPageToken(((ListProjectsRequest) message).getPageToken())
                .build();
    }

    private Message update(Call call, Message message) {
        note(call, message);
        return ((UpdateProjectRequest) message).getProject();
    }

    private void watch(Call call, Message message, StreamMethod.Sink sink)
            throws InterruptedException {
        note(call, message);
        try {
            switch (((WatchProjectsRequest) message).getFilter()) {
                case "refuse" -> throw GatewayException.invalidField("filter", "is not a filter");
                case "flood" -> flood(sink);
                case "fail-late" -> {
                    sendAll(sink);
                    throw GatewayException.notFound("drover.dev/Project", "projects/late");
                }
                case "for-ever" -> {
                    sendAll(sink);
                    new CountDownLatch(1).await();
                }
                default -> sendAll(sink);
            }
        } finally {
            watchEnded.countDown();
        }
    }

    private void sendAll(StreamMethod.Sink sink) throws InterruptedException {
        for (Project project : projects.values()) {
            sink.send(WatchProjectsResponse.newBuilder().setProject(project).build());
        }
        sink.send(
                WatchProjectsResponse.newBuilder()
                        .setHeartbeat(Heartbeat.getDefaultInstance())
                        .setResumeToken("1")
                        .build());
    }

    private static void flood(StreamMethod.Sink sink) throws InterruptedException {
        Project large = Project.newBuilder().setDisplayName("x".repeat(10_000)).build();
        for (int i = 0; i < 100_000; i++) {
            sink.send(WatchProjectsResponse.newBuilder().setProject(large).build());
        }
    }
}
