package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.AnyNoun;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Kinds;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Project;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import dev.drover.v1.Rule;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A project "shop" with staging and prod, an application of some jobs, and policies, as records.
 */
final class TestNouns {
    static final String PROJECT = "projects/shop";
    static final String STAGING = PROJECT + "/environments/staging";
    static final String PROD = PROJECT + "/environments/prod";
    static final String APPLICATION = PROJECT + "/applications/web";
    private static final String PIPELINE = PROJECT + "/pipelines/main";
    private static final String CLUSTER = "clusters/test";

    private final Records records;

    TestNouns(Records records) {
        this.records = records;
    }

    /** All but releases and policies; jobs with their waves. */
    TestNouns declare(String stagingNamespace, String prodNamespace, Map<String, Integer> jobs) {
        put(PROJECT, Project.newBuilder().setName(PROJECT).build());
        put(CLUSTER, Cluster.newBuilder().setName(CLUSTER).build());
        put(STAGING, environment(STAGING, stagingNamespace, "staging"));
        put(PROD, environment(PROD, prodNamespace, "prod"));
        put(
                PIPELINE,
                Pipeline.newBuilder()
                        .setName(PIPELINE)
                        .addStages(Stage.newBuilder().setId("staging").addEnvironments(STAGING))
                        .addStages(
                                Stage.newBuilder()
                                        .setId("prod")
                                        .addEnvironments(PROD)
                                        .addAfter("staging"))
                        .build());
        Application.Builder application =
                Application.newBuilder().setName(APPLICATION).setPipeline(PIPELINE);
        jobs.forEach((job, wave) ->
                application.addJobs(ApplicationJob.newBuilder().setId(job).setWave(wave)));
        put(APPLICATION, application.build());
        return this;
    }

    TestNouns strategy(Strategy strategy) {
        put(
                APPLICATION,
                new Lookup(records, kinds())
                        .get(Application.class, APPLICATION).message().toBuilder()
                                .clearEtag()
                                .setStrategy(strategy)
                                .build());
        return this;
    }

    TestNouns approvals(int count, String group) {
        String name = "policies/approval";
        put(
                name,
                Policy.newBuilder()
                        .setName(name)
                        .setRevision(1)
                        .setSelector(
                                PolicySelector.newBuilder().putEnvironmentLabels("tier", "prod"))
                        .addRules(
                                Rule.newBuilder()
                                        .setId("people")
                                        .setApproval(
                                                ApprovalRule.newBuilder()
                                                        .setCount(count)
                                                        .addGroups(group)))
                        .build());
        return this;
    }

    String release(String id, Map<String, ObjectNode> specs) {
        String name = APPLICATION + "/releases/" + id;
        Release.Builder release =
                Release.newBuilder()
                        .setName(name)
                        .setVersion(id)
                        .setState(Release.State.ACTIVE)
                        .setDigest("digest-of-" + id);
        specs.forEach((job, spec) ->
                release.addJobs(
                        ReleaseJob.newBuilder()
                                .setId(job)
                                .setFormat(JobspecFormat.JSON)
                                .setJobspec(spec.toString())));
        put(name, release.build());
        return name;
    }

    private static Environment environment(String name, String namespace, String tier) {
        return Environment.newBuilder()
                .setName(name)
                .setCluster(CLUSTER)
                .setNamespace(namespace)
                .putLabels("tier", tier)
                .build();
    }

    void put(String name, Message noun) {
        String kind = noun.getDescriptorForType().getName();
        records.commit(
                Commit.of(
                        List.of(
                                new Write.Put(
                                        kind, name, Write.ANY, noun.toByteString(), List.of())),
                        new AuditEvent("root", "test.put", name, "put", Map.of(), "")),
                Instant.EPOCH);
    }

    /** The kinds that promotions are about, without what is special about them. */
    static Kinds kinds() {
        return Kinds.of(
                List.of(
                        Kind.of(Project.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Cluster.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Environment.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Pipeline.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Application.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Policy.getDefaultInstance(), new AnyNoun<>()),
                        Kind.of(Release.getDefaultInstance(), new AnyNoun<>()),
                        Promotions.kind()));
    }
}
