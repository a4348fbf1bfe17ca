package dev.drover.gateway.workload;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.TestBaseline;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.StreamMethod.Sink;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.Secrets;
import dev.drover.gateway.promotion.Promotions;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApplicationStatus;
import dev.drover.v1.Environment;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.GetApplicationStatusRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rollout;
import dev.drover.v1.Stage;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.StreamLogsResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application of two jobs in one environment of some Nomad, and the reads of it. */
final class WorkloadLab implements AutoCloseable {
    static final String APPLICATION = "projects/shop/applications/shop";
    static final String PROD = "projects/shop/environments/prod";
    private static final String STAGING = "projects/shop/environments/staging";

    private final TestBaseline baseline = new TestBaseline(Promotions.kind());
    private final NomadCluster nomad;
    private final String namespace;
    private final Workloads.Ports ports;
    private Secrets secrets = Secrets.NONE;
    private EnvironmentState state = EnvironmentState.getDefaultInstance();

    WorkloadLab(NomadCluster nomad, String namespace, InstantSource clock) {
        this.nomad = nomad;
        this.namespace = namespace;
        this.ports =
                new Workloads.Ports(
                        baseline.lookup,
                        (application, environment) -> state,
                        name -> nomad,
                        new Planner(name -> nomad, environment -> secrets, clock),
                        clock);
        put(
                PROD,
                Environment.newBuilder()
                        .setName(PROD)
                        .setCluster("clusters/test")
                        .setNamespace(namespace)
                        .build());
        put(STAGING, Environment.newBuilder().setName(STAGING).build());
        put(
                "projects/shop/pipelines/main",
                Pipeline.newBuilder()
                        .setName("projects/shop/pipelines/main")
                        .addStages(Stage.newBuilder().setId("prod").addEnvironments(PROD))
                        .build());
        jobs("web", "api");
    }

    void jobs(String... ids) {
        Application.Builder application =
                Application.newBuilder()
                        .setName(APPLICATION)
                        .setPipeline("projects/shop/pipelines/main");
        for (String id : ids) {
            application.addJobs(ApplicationJob.newBuilder().setId(id));
        }
        put(APPLICATION, application.build());
    }

    void secret(String value) {
        secrets = new Secrets(Map.of("password", value), List.of());
    }

    /** Registers a job as Drover does. */
    void register(TestJobs job) {
        var json = job.json();
        long index =
                nomad.job(namespace, json.path("ID").asText())
                        .map(there -> there.indexes().spec())
                        .orElse(0L);
        nomad.register(namespace, json, index, Submission.NONE);
    }

    /** As if a promotion had brought the registered version of a job, from a release. */
    void brought(String promotion, String release, String... jobs) {
        String name = "projects/shop/promotions/" + promotion;
        Rollout.Builder rollout = Rollout.newBuilder();
        for (String job : jobs) {
            long index = nomad.job(namespace, job).orElseThrow().indexes().spec();
            rollout.addPhases(Phase.newBuilder().setJob(job).setJobModifyIndex(index));
        }
        put(
                name,
                Promotion.newBuilder()
                        .setName(name)
                        .setEnvironment(PROD)
                        .setRelease(APPLICATION + "/releases/" + release)
                        .setState(Promotion.State.SUCCEEDED)
                        .setRollout(rollout)
                        .build());
        state =
                state.toBuilder()
                        .setApplication(APPLICATION)
                        .setEnvironment(PROD)
                        .setPromotion(name)
                        .setRelease(APPLICATION + "/releases/" + release)
                        .build();
    }

    ApplicationStatus status() {
        return status(
                GetApplicationStatusRequest.newBuilder()
                        .setName(APPLICATION)
                        .setEnvironment(PROD)
                        .build());
    }

    ApplicationStatus status(GetApplicationStatusRequest request) {
        return new StatusMethod(ports, new Places(ports)).get(request);
    }

    /** A request for a log of this application. */
    static StreamLogsRequest.Builder request() {
        return StreamLogsRequest.newBuilder().setName(APPLICATION).setEnvironment(PROD);
    }

    /** What a reader gets who reads to the end. */
    List<StreamLogsResponse> logs(StreamLogsRequest.Builder request) {
        List<StreamLogsResponse> got = new ArrayList<>();
        try {
            logs(request.build(), answer -> got.add((StreamLogsResponse) answer));
        } catch (InterruptedException left) {
            throw new AssertionError(left);
        }
        return got;
    }

    void logs(StreamLogsRequest request, Sink sink) throws InterruptedException {
        new LogMethod(ports, new Places(ports)).stream(request, sink);
    }

    static String text(List<StreamLogsResponse> messages) {
        StringBuilder text = new StringBuilder();
        messages.forEach(message -> text.append(message.getText()));
        return text.toString();
    }

    /** The methods, as the edge serves them. */
    Methods methods() {
        Methods methods = new Methods();
        new Workloads(ports).register(methods);
        return methods;
    }

    private void put(String name, Message noun) {
        baseline.store
                .store()
                .commit(
                        Commit.of(
                                List.of(
                                        new Write.Put(
                                                noun.getDescriptorForType().getName(),
                                                name,
                                                Write.ANY,
                                                noun.toByteString(),
                                                List.of())),
                                new AuditEvent("root", "test.put", name, "put", Map.of(), "")),
                        Instant.EPOCH);
    }

    @Override
    public void close() {
        baseline.close();
    }
}
