package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every {@link NomadCluster} does that nobody would expect of it. */
abstract class QuirksContract extends LaunchContract {
    private static final int RING = 100;
    private static final Duration RESCHEDULE = Duration.ofSeconds(5);
    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

    @Test
    void counterOfHealthyCanariesDoesNotGoDownWhenOneCrashesAndItIsNotPromoted() {
        running(TestJobs.service("web").count(2).canary(1));
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                TestJobs.service("web")
                                        .count(2)
                                        .canary(1)
                                        .release("2")
                                        .script("sleep 2; exit 1")
                                        .json()));

        eventually(() ->
                assertThat(nomad.allocations(namespace, "web"))
                        .anyMatch(one ->
                                one.jobVersion() == 1
                                        && one.state().client() == ClientStatus.FAILED));

        assertThat(group(look(deployment)).allocations().healthy()).isEqualTo(1);
        assertThat(look(deployment).awaitsPromotion()).isTrue();
        refused(Reason.NOMAD_CANARY_UNHEALTHY, () -> nomad.promote(namespace, deployment.id()));
    }

    @Test
    void deploymentWhoseAllocationsWereHealthyOnceAndFailedIsSuccessfulAndReplacesNone() {
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(TestJobs.service("web").script("sleep 2; exit 1").json()));

        eventually(() ->
                assertThat(nomad.allocations(namespace, "web"))
                        .anyMatch(one -> one.state().client() == ClientStatus.FAILED));
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);

        pass(RESCHEDULE.multipliedBy(2));
        assertThat(nomad.allocations(namespace, "web"))
                .singleElement()
                .extracting(Allocation::state)
                .satisfies(state -> {
                    assertThat(state.desired()).isEqualTo("run");
                    assertThat(state.client()).isEqualTo(ClientStatus.FAILED);
                    assertThat(state.healthy()).contains(true);
                    assertThat(state.successor()).isEqualTo(Allocation.Successor.NONE);
                });
    }

    @Test
    void allocationThatFailsAfterItsDeploymentGetsASuccessorOfWhoseHealthNomadSaysNothing() {
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                TestJobs.service("web")
                                        .rescheduled(RESCHEDULE)
                                        .script("sleep 3; exit 1")
                                        .json()));
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);

        eventually(() ->
                assertThat(nomad.allocations(namespace, "web").getFirst().state().successor())
                        .satisfies(next -> {
                            assertThat(next.allocation()).isEmpty();
                            assertThat(next.evaluation()).isPresent();
                        }));
        eventually(() ->
                assertThat(nomad.allocations(namespace, "web"))
                        .hasSizeGreaterThan(1)
                        .element(1)
                        .satisfies(one ->
                                assertThat(one.state().client()).isEqualTo(ClientStatus.RUNNING)));
        List<Allocation> both = nomad.allocations(namespace, "web");
        assertThat(both.getFirst().state().desired()).isEqualTo("stop");
        assertThat(both.getFirst().state().successor().allocation()).contains(both.get(1).id());
        assertThat(both.get(1).state().healthy()).isEmpty();
    }

    @Test
    void nextAllocationIsReplacedOnlyAWhileAfterTheOneBeforeBecameHealthy() {
        running(TestJobs.service("web").count(3).maxParallel(1));
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                TestJobs.service("web")
                                        .count(3)
                                        .maxParallel(1)
                                        .release("2")
                                        .json()));

        eventually(() ->
                assertThat(group(look(deployment)).allocations())
                        .isEqualTo(new DeploymentGroup.Counts(3, 1, 1, 0)));
        eventually(() ->
                assertThat(group(look(deployment)).allocations())
                        .isEqualTo(new DeploymentGroup.Counts(3, 2, 2, 0)));
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
    }

    @Test
    void watchThatBeginsAfterMoreChangesThanNomadKeepsHearsThatAnythingMayHaveChanged() {
        registerOver(TestJobs.service("web").unplaceable().json());
        for (int i = 0; i < RING; i++) {
            registerOver(TestJobs.service("busy").unplaceable().release("r" + i).json());
        }
        List<JobHint> hints = new CopyOnWriteArrayList<>();

        try (Watch watch = nomad.watch(namespace, hints::add)) {
            eventually(() -> assertThat(watch.state().phase()).isEqualTo(WatchState.Phase.LIVE));
            assertThat(hints.getFirst()).isEqualTo(JobHint.EVERYTHING);
            registerOver(TestJobs.service("web").unplaceable().release("2").json());
            eventually(() -> assertThat(hints).contains(new JobHint(namespace, "web")));
        }
    }

    @Test
    void olderVersionsAreForgottenButThoseWithATagAreKept() {
        for (int i = 0; i < 9; i++) {
            registerOver(TestJobs.service("web").unplaceable().release("r" + i).json());
            if (i == 1) {
                nomad.tagVersion(namespace, "web", 1, "keep", "");
            }
        }

        assertThat(nomad.versions(namespace, "web"))
                .extracting(JobVersion::version)
                .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 1L);
    }

    @Test
    void stoppingAStoppedJobMakesAnotherVersionOfIt() {
        RunningJob before = running(TestJobs.service("web"));

        nomad.stop(namespace, "web", false);
        nomad.stop(namespace, "web", false);

        RunningJob now = nomad.job(namespace, "web").orElseThrow();
        assertThat(now.stopped()).isTrue();
        assertThat(now.version()).isEqualTo(before.version() + 2);
    }

    @Test
    void refusalsThatAllCarryOneStatusAreToldApartByTheirTexts() {
        running(TestJobs.service("web"));
        String ended = nomad.latestDeployment(namespace, "web").orElseThrow().id();

        refused(Reason.NOMAD_DEPLOYMENT_ENDED, () -> nomad.pause(namespace, ended, true));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.pause(namespace, NOWHERE, true));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.dispatch(namespace, "none", "t", Map.of(), ""));
        refused(Reason.NOMAD_REJECTED, () -> nomad.force(namespace, "web"));
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.force(namespace, "none"));
        refused(
                Reason.NOMAD_CONFLICT,
                () ->
                        nomad.register(
                                namespace, TestJobs.service("none").json(), 99, Submission.NONE));
    }
}
