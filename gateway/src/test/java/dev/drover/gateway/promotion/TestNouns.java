package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
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
final class TestNouns implements NounReader {
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
                noun(APPLICATION, Application.getDefaultInstance()).toBuilder()
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

    @Override
    public PlanNouns of(String release, String environment) {
        Application application =
                noun(Names.application(release), Application.getDefaultInstance());
        Environment place = noun(environment, Environment.getDefaultInstance());
        List<Policy> policies =
                records.list("Policy", "", "", 100).stream()
                        .map(one -> parse(one, Policy.getDefaultInstance()))
                        .toList();
        return new PlanNouns(
                noun(release, Release.getDefaultInstance()),
                place,
                application,
                noun(application.getPipeline(), Pipeline.getDefaultInstance()),
                noun(place.getCluster(), Cluster.getDefaultInstance()),
                policies);
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

    private <M extends Message> M noun(String name, M prototype) {
        String kind = prototype.getDescriptorForType().getName();
        return records.get(kind, name)
                .map(one -> parse(one, prototype))
                .orElseThrow(() -> GatewayException.notFound("drover.dev/" + kind, name));
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M parse(StoredRecord stored, M prototype) {
        try {
            Message.Builder noun = prototype.newBuilderForType().mergeFrom(stored.body());
            noun.setField(
                    prototype.getDescriptorForType().findFieldByName("etag"),
                    Long.toString(stored.revision()));
            return (M) noun.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
