package dev.drover.gateway.plan;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import java.util.ArrayList;
import java.util.List;

/** Nouns of a small shop: application {@code web}, stages staging and prod. */
public final class PlanFixture {

    public static final String PROD = "projects/shop/environments/prod";
    public static final String STAGING = "projects/shop/environments/staging";
    public static final String RELEASE = "projects/shop/applications/web/releases/1-0-0";

    /** A service that stays up, with one HCL variable. */
    public static final String WEB =
            """
            variable "greeting" {
              type    = string
              default = "hello"
            }
            job "web" {
              group "web" {
                count = 2
                ephemeral_disk {
                  size = 20
                }
                update {
                  min_healthy_time = "0s"
                }
                task "server" {
                  driver = "raw_exec"
                  config {
                    command = "/bin/sh"
                    args    = ["-c", "sleep 1000"]
                  }
                  env {
                    GREETING = var.greeting
                  }
                  resources {
                    cpu    = 10
                    memory = 10
                  }
                  logs {
                    max_files     = 1
                    max_file_size = 5
                  }
                }
              }
            }
            """;

    private final Environment.Builder environment =
            Environment.newBuilder().setName(PROD).setCluster("clusters/test").setEtag("e1");
    private final Application.Builder application =
            Application.newBuilder()
                    .setName("projects/shop/applications/web")
                    .setPipeline("projects/shop/pipelines/main")
                    .addOwners("group:owners")
                    .setEtag("a1");
    private final Pipeline.Builder pipeline =
            Pipeline.newBuilder()
                    .setName("projects/shop/pipelines/main")
                    .setEtag("p1")
                    .addStages(Stage.newBuilder().setId("staging").addEnvironments(STAGING))
                    .addStages(
                            Stage.newBuilder()
                                    .setId("prod")
                                    .addEnvironments(PROD)
                                    .addAfter("staging"));
    private final Release.Builder release =
            Release.newBuilder()
                    .setName(RELEASE)
                    .setState(Release.State.ACTIVE)
                    .setAuthor("serviceAccounts/ci")
                    .setDigest("r1");
    private final Cluster.Builder cluster = Cluster.newBuilder().setName("clusters/test");
    private final List<Policy> policies = new ArrayList<>();
    private final List<Verification> verifications = new ArrayList<>();
    private final List<Rendering> earlier = new ArrayList<>();
    private Strategy strategy =
            Strategy.newBuilder().setRolling(RollingStrategy.getDefaultInstance()).build();

    private PlanFixture() {}

    public static PlanFixture shop() {
        return new PlanFixture();
    }

    public static Strategy canary(int count) {
        return Strategy.newBuilder().setCanary(CanaryStrategy.newBuilder().setCount(count)).build();
    }

    public static Strategy rolling(int maxParallel) {
        return Strategy.newBuilder()
                .setRolling(RollingStrategy.newBuilder().setMaxParallel(maxParallel))
                .build();
    }

    public static Struct struct(String json) {
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, struct);
        } catch (com.google.protobuf.InvalidProtocolBufferException wrong) {
            throw new IllegalArgumentException(wrong);
        }
        return struct.build();
    }

    public Environment.Builder environment() {
        return environment;
    }

    public Application.Builder application() {
        return application;
    }

    public Pipeline.Builder pipeline() {
        return pipeline;
    }

    public Release.Builder release() {
        return release;
    }

    public Cluster.Builder cluster() {
        return cluster;
    }

    public PlanFixture namespace(String namespace) {
        environment.setNamespace(namespace);
        return this;
    }

    public PlanFixture job(String id, String jobspec) {
        return job(id, 0, jobspec, JobspecFormat.HCL2);
    }

    public PlanFixture job(String id, int wave, String jobspec, JobspecFormat format) {
        application.addJobs(ApplicationJob.newBuilder().setId(id).setWave(wave));
        release.addJobs(ReleaseJob.newBuilder().setId(id).setJobspec(jobspec).setFormat(format));
        return this;
    }

    public PlanFixture variables(String json) {
        environment.setVariables(struct(json));
        return this;
    }

    public PlanFixture releaseVariables(String json) {
        release.setVariables(struct(json));
        return this;
    }

    public PlanFixture strategy(Strategy wanted) {
        strategy = wanted;
        return this;
    }

    public PlanFixture policy(Policy policy) {
        policies.add(policy);
        return this;
    }

    public PlanFixture verification(Verification verification) {
        verifications.add(verification);
        return this;
    }

    public PlanFixture earlier(Rendering rendering) {
        earlier.add(rendering);
        return this;
    }

    public PlanNouns nouns() {
        return new PlanNouns(
                release.build(),
                environment.build(),
                application.build(),
                pipeline.build(),
                cluster.build(),
                new Guards(
                        Project.newBuilder()
                                .setName(application.getName().replaceFirst("/applications/.*", ""))
                                .build(),
                        "RELEASE",
                        policies),
                verifications);
    }

    public PlanRequest request() {
        return new PlanRequest(nouns(), strategy, earlier);
    }
}
