package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.AnyNoun;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Kinds;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApplicationVerification;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Calendar;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Project;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A project "shop" with staging and prod, an application of some jobs, and policies, as records.
 */
final class TestNouns {
    static final String PROJECT = "projects/shop";
    static final String STAGING = PROJECT + "/environments/staging";
    static final String PROD = PROJECT + "/environments/prod";
    static final String APPLICATION = PROJECT + "/applications/web";
    private static final String CLUSTER = "clusters/test";

    /** The kinds that promotions are about, without what is special about them. */
    private static final Kinds KINDS =
            Kinds.of(
                    List.of(
                            Kind.of(Project.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Cluster.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Environment.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Pipeline.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Application.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Verification.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Calendar.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Policy.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(ServiceAccount.getDefaultInstance(), new AnyNoun<>()),
                            Kind.of(Release.getDefaultInstance(), new AnyNoun<>()),
                            Suspensions.kind(),
                            Promotions.kind()));

    private final Records records;
    private final String project;

    TestNouns(Records records) {
        this(records, PROJECT);
    }

    /** The same in a project of another name. */
    TestNouns(Records records, String project) {
        this.records = records;
        this.project = project;
    }

    String project() {
        return project;
    }

    String environment(String id) {
        return project + "/environments/" + id;
    }

    String application() {
        return project + "/applications/web";
    }

    /** All but releases and policies; jobs with their waves. */
    TestNouns declare(String stagingNamespace, String prodNamespace, Map<String, Integer> jobs) {
        put(project, Project.newBuilder().setName(project).build());
        put(CLUSTER, Cluster.newBuilder().setName(CLUSTER).build());
        put(
                environment("staging"),
                environment(environment("staging"), stagingNamespace, "staging"));
        put(environment("prod"), environment(environment("prod"), prodNamespace, "prod"));
        put(
                project + "/pipelines/main",
                Pipeline.newBuilder()
                        .setName(project + "/pipelines/main")
                        .addStages(
                                Stage.newBuilder()
                                        .setId("staging")
                                        .addEnvironments(environment("staging")))
                        .addStages(
                                Stage.newBuilder()
                                        .setId("prod")
                                        .addEnvironments(environment("prod"))
                                        .addAfter("staging"))
                        .build());
        Application.Builder application =
                Application.newBuilder()
                        .setName(application())
                        .setPipeline(project + "/pipelines/main");
        jobs.forEach((job, wave) ->
                application.addJobs(ApplicationJob.newBuilder().setId(job).setWave(wave)));
        put(application(), application.build());
        account(PromotionLab.DEVELOPER.account(), "developers");
        account(PromotionLab.OWNER.account(), "owners");
        account("serviceAccounts/second", "owners");
        account("serviceAccounts/partner", "owners");
        return this;
    }

    /** A person's account in these groups. */
    TestNouns account(String name, String... groups) {
        put(
                name,
                ServiceAccount.newBuilder()
                        .setName(name)
                        .addAllGroups(List.of(groups))
                        .setAccessLevel(AccessLevel.OPERATOR)
                        .build());
        return this;
    }

    /** As if the environment had been deleted and created with the same id. */
    void makeAgain(String id) {
        put(
                environment(id),
                environment(environment(id), id, id).toBuilder().setUid("made again").build());
    }

    TestNouns strategy(Strategy strategy) {
        put(
                application(),
                new Lookup(records, kinds())
                        .get(Application.class, application()).message().toBuilder()
                                .clearEtag()
                                .setStrategy(strategy)
                                .build());
        return this;
    }

    /** How many promotions the cluster runs at once. */
    TestNouns clusterRuns(int most) {
        put(CLUSTER, Cluster.newBuilder().setName(CLUSTER).setMaxRunningPromotions(most).build());
        return this;
    }

    /** Declares something of an environment. */
    TestNouns environment(String id, Consumer<Environment.Builder> change) {
        Environment.Builder environment =
                new Lookup(records, kinds())
                        .get(Environment.class, environment(id)).message().toBuilder().clearEtag();
        change.accept(environment);
        put(environment(id), environment.build());
        return this;
    }

    /** A verification that nothing refers to yet; tells its name. */
    String verification(String id, Verification declared) {
        String name = project + "/verifications/" + id;
        put(name, declared.toBuilder().setName(name).build());
        return name;
    }

    /** A variable of an environment. */
    TestNouns variable(String id, String name, Value value) {
        return environment(
                id, environment -> environment.getVariablesBuilder().putFields(name, value));
    }

    /** What an environment lays over every job. */
    TestNouns jobBaseline(String id, JobBaseline baseline) {
        Environment environment =
                new Lookup(records, kinds()).get(Environment.class, environment(id)).message();
        put(environment(id), environment.toBuilder().clearEtag().setJobBaseline(baseline).build());
        return this;
    }

    /** As if somebody had abandoned a release. */
    TestNouns abandon(String release) {
        Release before = new Lookup(records, kinds()).get(Release.class, release).message();
        put(release, before.toBuilder().clearEtag().setState(Release.State.ABANDONED).build());
        return this;
    }

    /** Verifications of the application by id, in some stages or in all. */
    TestNouns verifications(Map<String, Verification> declared, String... stages) {
        Application.Builder application =
                new Lookup(records, kinds())
                        .get(Application.class, application()).message().toBuilder().clearEtag();
        declared.forEach((id, verification) -> {
            application.addVerifications(
                    ApplicationVerification.newBuilder()
                            .setVerification(verification(id, verification))
                            .addAllStages(List.of(stages)));
        });
        put(application(), application.build());
        return this;
    }

    /** Declares something of a job. */
    TestNouns job(String id, Consumer<ApplicationJob.Builder> change) {
        Application.Builder application =
                new Lookup(records, kinds())
                        .get(Application.class, application()).message().toBuilder().clearEtag();
        application.getJobsBuilderList().stream()
                .filter(job -> job.getId().equals(id))
                .forEach(change);
        put(application(), application.build());
        return this;
    }

    TestNouns approvals(int count, String group) {
        return approvals(count, group, 1);
    }

    TestNouns approvals(int count, String group, long revision) {
        return approvals(count, group, revision, "prod");
    }

    TestNouns approvals(int count, String group, long revision, String tier) {
        String name = "policies/" + Names.id(project);
        put(
                name,
                Policy.newBuilder()
                        .setName(name)
                        .setRevision(revision)
                        .setSelector(
                                PolicySelector.newBuilder()
                                        .addProjects(project)
                                        .putEnvironmentLabels("tier", tier))
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

    /** Another application, of one job of the same name. */
    String secondApplication(String id) {
        String name = project + "/applications/" + id;
        Application first =
                new Lookup(records, kinds()).get(Application.class, application()).message();
        put(
                name,
                first.toBuilder()
                        .clearEtag()
                        .setName(name)
                        .clearJobs()
                        .addJobs(ApplicationJob.newBuilder().setId(id))
                        .build());
        return name;
    }

    String release(String id, Map<String, ObjectNode> specs) {
        return release(application(), id, specs);
    }

    String release(String application, String id, Map<String, ObjectNode> specs) {
        String name = application + "/releases/" + id;
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

    /** What a release says of a job. */
    String jobspec(String release, String job) {
        return new Lookup(records, kinds())
                .get(Release.class, release).message().getJobsList().stream()
                        .filter(one -> one.getId().equals(job))
                        .map(ReleaseJob::getJobspec)
                        .findFirst()
                        .orElse("");
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

    static Kinds kinds() {
        return KINDS;
    }
}
