package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NomadCluster} does with jobs and deployments; run on the simulated and on the
 * real Nomad.
 */
abstract class NomadClusterContract {

    NomadCluster nomad;
    String namespace;

    /** The cluster under test. */
    abstract NomadCluster cluster();

    /** A new, empty namespace in it. */
    abstract String freshNamespace();

    /** Lets time pass until the assertion holds. */
    abstract void eventually(Runnable assertion);

    /** Lets this much time pass. */
    abstract void pass(Duration time);

    @BeforeEach
    void useFreshNamespace() {
        nomad = cluster();
        namespace = freshNamespace();
    }

    @Test
    void planOfNewJobShowsPlacementsAndIndexZero() {
        JobPlan plan = nomad.plan(namespace, TestJobs.service("web").count(3).json());

        assertThat(plan.diffType()).isEqualTo("Added");
        assertThat(plan.jobModifyIndex()).isZero();
        assertThat(plan.desiredUpdates().get("g"))
                .isEqualTo(new DesiredUpdates(0, 3, 0, 0, 0, 0, 0));
        assertThat(plan.placementFailures()).isEmpty();
        assertThat(nomad.job(namespace, "web")).isEmpty();
    }

    @Test
    void planOfChangedJobShowsCanaryBesideIgnoredAllocations() {
        long index = running(TestJobs.service("web").count(3)).indexes().spec();

        JobPlan plan =
                nomad.plan(
                        namespace, TestJobs.service("web").count(3).canary(1).release("2").json());

        assertThat(plan.diffType()).isEqualTo("Edited");
        assertThat(plan.jobModifyIndex()).isEqualTo(index);
        assertThat(plan.desiredUpdates().get("g"))
                .isEqualTo(new DesiredUpdates(3, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void planOfUnchangedJobShowsNoDifference() {
        running(TestJobs.service("web").count(2));

        JobPlan plan = nomad.plan(namespace, TestJobs.service("web").count(2).json());

        assertThat(plan.diffType()).isEqualTo("None");
        assertThat(plan.desiredUpdates().get("g"))
                .isEqualTo(new DesiredUpdates(2, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void planOfJobThatFitsNowhereTellsWhyInCounts() {
        JobPlan plan = nomad.plan(namespace, TestJobs.service("web").count(2).unplaceable().json());

        PlacementFailure failure = Objects.requireNonNull(plan.placementFailures().get("g"));
        assertThat(failure.nodes().evaluated()).isEqualTo(1);
        assertThat(failure.nodes().filtered()).isEqualTo(1);
        assertThat(failure.constraintFiltered())
                .containsExactly(Map.entry("${attr.kernel.name} = plan9", 1L));
        assertThat(failure.allocations()).isEqualTo(2);
    }

    @Test
    void firstRegistrationIsDeployedUntilSuccessful() {
        ObjectNode job = TestJobs.service("web").count(2).json();

        Registration registration = nomad.register(namespace, job, 0, Submission.NONE);

        JobDeployment deployment = deploymentOf("web", registration);
        assertThat(deployment.job().version()).isZero();
        assertThat(deployment.job().namespace()).isEqualTo(namespace);
        assertThat(group(deployment).desiredCanaries()).isZero();
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
        assertThat(nomad.allocations(namespace, "web"))
                .hasSize(2)
                .allMatch(Allocation::serving)
                .allMatch(allocation -> "g".equals(allocation.group()));
        RunningJob now = nomad.job(namespace, "web").orElseThrow();
        assertThat(now.status()).isEqualTo("running");
        assertThat(now.indexes().spec()).isEqualTo(registration.jobModifyIndex());
        assertThat(nomad.versions(namespace, "web"))
                .singleElement()
                .satisfies(version -> assertThat(version.stable()).isTrue());
        Evaluation evaluation = evaluationOf(registration);
        assertThat(evaluation.status()).isEqualTo("complete");
        assertThat(evaluation.deploymentId()).contains(deployment.id());
        assertThat(evaluation.placementFailures()).isEmpty();
    }

    @Test
    void registrationWithAnotherIndexThanTheJobsIsAConflict() {
        ObjectNode job = TestJobs.service("web").json();

        refused(Reason.NOMAD_CONFLICT, () -> nomad.register(namespace, job, 7, Submission.NONE));
        long index = nomad.register(namespace, job, 0, Submission.NONE).jobModifyIndex();
        refused(Reason.NOMAD_CONFLICT, () -> nomad.register(namespace, job, 0, Submission.NONE));
        GatewayException stale =
                refused(
                        Reason.NOMAD_CONFLICT,
                        () -> nomad.register(namespace, job, index - 1, Submission.NONE));

        assertThat(stale.text())
                .contains("conflicting job modify index: " + index)
                .contains("\"web\"")
                .contains(namespace);
        assertThat(nomad.versions(namespace, "web")).hasSize(1);
    }

    @Test
    void registeringAnUnchangedJobMakesNoVersionAndNoDeployment() {
        RunningJob before = running(TestJobs.service("web"));
        String deployment = nomad.latestDeployment(namespace, "web").orElseThrow().id();

        Registration again =
                nomad.register(
                        namespace,
                        TestJobs.service("web").json(),
                        before.indexes().spec(),
                        Submission.NONE);
        evaluationOf(again);

        RunningJob after = nomad.job(namespace, "web").orElseThrow();
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.indexes().spec()).isEqualTo(before.indexes().spec());
        assertThat(nomad.latestDeployment(namespace, "web").orElseThrow().id())
                .isEqualTo(deployment);
    }

    @Test
    void invalidJobIsRejectedWithNomadsWords() {
        ObjectNode spaced = TestJobs.service("not valid").json();
        running(TestJobs.service("web"));
        long index = nomad.job(namespace, "web").orElseThrow().indexes().spec();
        ObjectNode batch = TestJobs.service("web").batch().json();

        assertThat(
                        refused(
                                        Reason.NOMAD_REJECTED,
                                        () -> nomad.register(namespace, spaced, 0, Submission.NONE))
                                .text())
                .contains("Job ID contains a space")
                .doesNotContain("occurred");
        assertThat(
                        refused(
                                        Reason.NOMAD_REJECTED,
                                        () ->
                                                nomad.register(
                                                        namespace, batch, index, Submission.NONE))
                                .text())
                .contains("cannot update job from type \"service\" to \"batch\"");
    }

    @Test
    void unknownNamespaceIsToldApart() {
        ObjectNode job = TestJobs.service("web").json();

        refused(
                Reason.NAMESPACE_NOT_FOUND,
                () -> nomad.register("nowhere", job, 0, Submission.NONE));
        refused(Reason.NAMESPACE_NOT_FOUND, () -> nomad.plan("nowhere", job));
        assertThat(nomad.namespaceExists("nowhere")).isFalse();
        assertThat(nomad.namespaceExists(namespace)).isTrue();
    }

    @Test
    void unknownThingsAreAbsent() {
        String id = "00000000-0000-4000-8000-000000000000";

        assertThat(nomad.job(namespace, "none")).isEmpty();
        assertThat(nomad.versions(namespace, "none")).isEmpty();
        assertThat(nomad.latestDeployment(namespace, "none")).isEmpty();
        assertThat(nomad.allocations(namespace, "none")).isEmpty();
        assertThat(nomad.deployment(namespace, id)).isEmpty();
        assertThat(nomad.evaluation(namespace, id)).isEmpty();
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.promote(namespace, id));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.fail(namespace, id));
        assertThat(nomad.stop(namespace, "none", false)).isEmpty();
    }

    @Test
    void jobThatCannotBePlacedWaitsWithoutDeadline() {
        Registration registration =
                nomad.register(
                        namespace,
                        TestJobs.service("web")
                                .unplaceable()
                                .deadlines(Duration.ofMillis(500), Duration.ofSeconds(1))
                                .json(),
                        0,
                        Submission.NONE);

        Evaluation evaluation = evaluationOf(registration);
        assertThat(evaluation.placementFailures()).containsOnlyKeys("g");
        assertThat(evaluation.blockedEvaluation()).isPresent();
        pass(Duration.ofSeconds(2));
        JobDeployment deployment = deploymentOf("web", registration);
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.RUNNING);
        DeploymentGroup group = group(deployment);
        assertThat(group.allocations()).isEqualTo(new DeploymentGroup.Counts(1, 0, 0, 0));
        assertThat(group.requireProgressBy()).isEmpty();
    }

    @Test
    void crashingFirstVersionFailsItsDeployment() {
        Registration registration =
                nomad.register(
                        namespace,
                        TestJobs.service("web")
                                .crashing()
                                .minHealthy(Duration.ofSeconds(1))
                                .autoRevert()
                                .json(),
                        0,
                        Submission.NONE);

        JobDeployment failed =
                eventuallyEnds(deploymentOf("web", registration), DeploymentStatus.FAILED);
        assertThat(failed.description())
                .isEqualTo(
                        "Failed due to unhealthy allocations - no stable job version to auto revert to");
        assertThat(failed.rolledBackTo()).isEmpty();
        eventually(() ->
                assertThat(nomad.allocations(namespace, "web"))
                        .singleElement()
                        .satisfies(NomadClusterContract::crashed));
    }

    @Test
    void batchJobHasNoDeployment() {
        Registration registration =
                nomad.register(
                        namespace, TestJobs.service("once").batch().json(), 0, Submission.NONE);

        assertThat(evaluationOf(registration).deploymentId()).isEmpty();
        eventually(() ->
                assertThat(nomad.job(namespace, "once").orElseThrow().status()).isEqualTo("dead"));
        assertThat(nomad.latestDeployment(namespace, "once")).isEmpty();
        assertThat(nomad.allocations(namespace, "once").getFirst().state().client())
                .isEqualTo(ClientStatus.COMPLETE);
    }

    @Test
    void stoppedJobIsDeadAndPurgedJobIsGone() {
        RunningJob before = running(TestJobs.service("web"));

        OptionalLong index = nomad.stop(namespace, "web", false);
        eventually(() -> {
            RunningJob now = nomad.job(namespace, "web").orElseThrow();
            assertThat(index).hasValue(now.indexes().spec());
            assertThat(now.stopped()).isTrue();
            assertThat(now.status()).isEqualTo("dead");
            assertThat(now.version()).isEqualTo(before.version() + 1);
        });
        eventually(() -> assertThat(Purge.mayHappen(nomad, namespace, "web")).isTrue());
        assertThat(nomad.stop(namespace, "web", true)).isPresent();
        eventually(() -> assertThat(nomad.job(namespace, "web")).isEmpty());
        assertThat(nomad.stop(namespace, "web", true)).isEmpty();

        RunningJob reborn = running(TestJobs.service("web"));
        assertThat(reborn.version()).isZero();
        assertThat(reborn.indexes().create()).isGreaterThan(before.indexes().create());
    }

    @Test
    void versionsCarryTags() {
        running(TestJobs.service("web"));
        running(TestJobs.service("web").release("2"));

        nomad.tagVersion(namespace, "web", 1, "drover-2", "approved by ann");
        nomad.tagVersion(namespace, "web", 1, "drover-2", "approved by ann");

        assertThat(nomad.versions(namespace, "web"))
                .extracting(JobVersion::version, version -> version.tag().orElse(""))
                .containsExactly(tuple(1L, "drover-2"), tuple(0L, ""));
        refused(Reason.NOMAD_CONFLICT, () -> nomad.tagVersion(namespace, "web", 0, "drover-2", ""));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.tagVersion(namespace, "web", 9, "x", ""));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.tagVersion(namespace, "none", 0, "x", ""));
        refused(Reason.NOMAD_REJECTED, () -> nomad.tagVersion(namespace, "a/b", 0, "x", ""));
    }

    @Test
    void statusNamesLeaderRegionAndVersion() {
        ClusterStatus status = nomad.status();

        assertThat(status.leader()).isNotEmpty();
        assertThat(status.region()).isEqualTo("global");
        assertThat(status.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void jobspecInJsonIsTakenAsItIs() {
        ObjectNode job = TestJobs.service("web").json();

        assertThat(nomad.parse(namespace, job.toString(), "")).hasToString(job.toString());
        assertThat(nomad.parse(namespace, "{\"Job\": " + job + "}", ""))
                .hasToString(job.toString());
        assertThat(
                        refused(
                                        Reason.JOBSPEC_INVALID,
                                        () -> nomad.parse(namespace, "{\n  \"ID\": }", ""))
                                .text())
                .contains("line 2, column");
        assertThat(
                        refused(
                                        Reason.JOBSPEC_INVALID,
                                        () -> nomad.parse(namespace, "{\"Name\": \"web\"}", ""))
                                .text())
                .contains("no \"ID\"");
    }

    @Test
    void changesOfJobsAreHintedToThoseWhoWatchTheirNamespace() {
        List<JobHint> hints = new CopyOnWriteArrayList<>();
        Watch watch = nomad.watch(namespace, hints::add);
        eventually(() -> assertThat(watch.state().phase()).isEqualTo(WatchState.Phase.LIVE));
        assertThat(hints).containsExactly(JobHint.EVERYTHING);

        nomad.register(namespace, TestJobs.service("web").json(), 0, Submission.NONE);

        eventually(() -> assertThat(hints).contains(new JobHint(namespace, "web")));
        assertThat(watch.state().hints()).isEqualTo(hints.size());
        watch.close();
        eventually(() -> assertThat(watch.state().phase()).isEqualTo(WatchState.Phase.CLOSED));
    }

    /** Registers the job over whatever runs and waits for the end of its deployment. */
    RunningJob running(TestJobs spec) {
        ObjectNode job = spec.json();
        String id = job.path("ID").asText();
        eventuallyEnds(deploymentOf(id, registerOver(job)), DeploymentStatus.SUCCESSFUL);
        return nomad.job(namespace, id).orElseThrow();
    }

    Registration registerOver(ObjectNode job) {
        long index =
                nomad.job(namespace, job.path("ID").asText())
                        .map(now -> now.indexes().spec())
                        .orElse(0L);
        return nomad.register(namespace, job, index, Submission.NONE);
    }

    JobDeployment deploymentOf(String jobId, Registration registration) {
        eventually(() ->
                assertThat(nomad.latestDeployment(namespace, jobId))
                        .hasValueSatisfying(latest ->
                                assertThat(latest.job().specIndex())
                                        .isEqualTo(registration.jobModifyIndex())));
        return nomad.latestDeployment(namespace, jobId).orElseThrow();
    }

    JobDeployment eventuallyEnds(JobDeployment deployment, DeploymentStatus status) {
        eventually(() ->
                assertThat(look(deployment)).extracting(JobDeployment::status).isEqualTo(status));
        return look(deployment);
    }

    JobDeployment look(JobDeployment deployment) {
        return nomad.deployment(namespace, deployment.id()).orElseThrow();
    }

    static DeploymentGroup group(JobDeployment deployment) {
        return Objects.requireNonNull(deployment.groups().get("g"));
    }

    private Evaluation evaluationOf(Registration registration) {
        String id = registration.evaluationId().orElseThrow();
        Supplier<Evaluation> read = () -> nomad.evaluation(namespace, id).orElseThrow();
        eventually(() -> assertThat(read.get().ended()).isTrue());
        return read.get();
    }

    static GatewayException refused(Reason reason, ThrowingCallable call) {
        GatewayException refusal =
                Objects.requireNonNull(
                        catchThrowableOfType(GatewayException.class, call), "not refused");
        assertThat(refusal.reason()).as(refusal.text()).isEqualTo(reason);
        return refusal;
    }

    private static void crashed(Allocation allocation) {
        assertThat(allocation.state().client()).isEqualTo(ClientStatus.FAILED);
        assertThat(allocation.state().healthy()).contains(false);
        assertThat(allocation.tasks())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.name()).isEqualTo("t");
                    assertThat(task.failed()).isTrue();
                    assertThat(task.events())
                            .anyMatch(event -> event.message().contains("Exit Code: 1"));
                });
    }
}
