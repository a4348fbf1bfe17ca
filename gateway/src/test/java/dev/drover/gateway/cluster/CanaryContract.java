package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link NomadCluster} does with canaries, promotion and going back. */
abstract class CanaryContract extends NomadClusterContract {

    private static TestJobs web(String release) {
        return TestJobs.service("web").count(2).canary(1).release(release);
    }

    @Test
    void canaryWaitsForPromotionThenReplacesTheOldVersion() {
        running(web("1"));

        JobDeployment deployment = deploymentOf("web", registerOver(web("2").json()));
        assertThat(deployment.awaitsPromotion()).isTrue();
        assertThat(deployment.description())
                .isEqualTo("Deployment is running but requires manual promotion");
        eventuallyCanaryIsHealthy(deployment);
        assertThat(
                        nomad.allocations(namespace, "web").stream()
                                .filter(Allocation::serving)
                                .filter(allocation -> allocation.state().canary()))
                .singleElement()
                .extracting(Allocation::jobVersion)
                .isEqualTo(1L);

        nomad.promote(namespace, deployment.id());
        nomad.promote(namespace, deployment.id());

        assertThat(look(deployment).awaitsPromotion()).isFalse();
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
        assertThat(nomad.allocations(namespace, "web").stream().filter(Allocation::serving))
                .hasSize(2)
                .allMatch(allocation -> allocation.jobVersion() == 1);
        refused(Reason.NOMAD_DEPLOYMENT_ENDED, () -> nomad.promote(namespace, deployment.id()));
        refused(Reason.NOMAD_DEPLOYMENT_ENDED, () -> nomad.fail(namespace, deployment.id()));
    }

    @Test
    void canaryThatIsNotHealthyYetIsNotPromoted() {
        running(web("1"));
        JobDeployment deployment =
                deploymentOf(
                        "web", registerOver(web("2").minHealthy(Duration.ofSeconds(3)).json()));

        refused(Reason.NOMAD_CANARY_UNHEALTHY, () -> nomad.promote(namespace, deployment.id()));

        assertThat(look(deployment).awaitsPromotion()).isTrue();
    }

    @Test
    void crashingCanaryFailsTheDeploymentAndLeavesTheOldVersionRunning() {
        running(web("1"));

        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(web("2").crashing().minHealthy(Duration.ofSeconds(1)).json()));

        JobDeployment failed = eventuallyEnds(deployment, DeploymentStatus.FAILED);
        assertThat(failed.description()).isEqualTo("Failed due to unhealthy allocations");
        assertThat(failed.rolledBackTo()).isEmpty();
        assertThat(nomad.job(namespace, "web").orElseThrow().version()).isEqualTo(1);
        assertThat(nomad.allocations(namespace, "web").stream().filter(Allocation::serving))
                .hasSize(2)
                .allMatch(allocation -> allocation.jobVersion() == 0);
    }

    @Test
    void crashingCanaryWithAutoRevertGoesBackWithoutAGate() {
        RunningJob good = running(web("1").autoRevert());

        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                web("2").autoRevert()
                                        .crashing()
                                        .minHealthy(Duration.ofSeconds(1))
                                        .json()));

        JobDeployment failed = eventuallyEnds(deployment, DeploymentStatus.FAILED);
        assertThat(failed.description())
                .isEqualTo("Failed due to unhealthy allocations - rolling back to job version 0");
        assertThat(failed.rolledBackTo()).hasValue(0);
        JobDeployment back = deploymentAfter(failed);
        assertThat(back.job().version()).isEqualTo(2);
        assertThat(back.awaitsPromotion()).isFalse();
        eventuallyEnds(back, DeploymentStatus.SUCCESSFUL);
        RunningJob now = nomad.job(namespace, "web").orElseThrow();
        assertThat(now.spec().path("TaskGroups")).isEqualTo(good.spec().path("TaskGroups"));
        assertThat(now.indexes().spec()).isGreaterThan(deployment.job().specIndex());
    }

    @Test
    void goingBackAfterPromotionWaitsForPromotionAgain() {
        running(web("1").autoRevert());
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                web("2").autoRevert()
                                        .minHealthy(Duration.ofSeconds(1))
                                        .maxParallel(1)
                                        .json()));
        eventuallyCanaryIsHealthy(deployment);
        nomad.promote(namespace, deployment.id());
        eventually(() -> assertThat(replaced()).isTrue());

        nomad.fail(namespace, deployment.id());

        JobDeployment failed = look(deployment);
        assertThat(failed.description())
                .isEqualTo("Deployment marked as failed - rolling back to job version 0");
        JobDeployment back = deploymentAfter(failed);
        assertThat(back.awaitsPromotion()).isTrue();
    }

    @Test
    void failingADeploymentByHandStopsItsCanaryAndKeepsTheOldVersion() {
        running(web("1"));
        JobDeployment deployment = deploymentOf("web", registerOver(web("2").json()));
        eventuallyCanaryIsHealthy(deployment);

        nomad.fail(namespace, deployment.id());

        JobDeployment failed = look(deployment);
        assertThat(failed.status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(failed.description()).isEqualTo("Deployment marked as failed");
        refused(Reason.NOMAD_DEPLOYMENT_ENDED, () -> nomad.fail(namespace, deployment.id()));
        eventually(() ->
                assertThat(nomad.allocations(namespace, "web").stream().filter(Allocation::serving))
                        .hasSize(2)
                        .allMatch(allocation -> allocation.jobVersion() == 0));
    }

    @Test
    void newerVersionCancelsTheRunningDeployment() {
        running(web("1"));
        JobDeployment second = deploymentOf("web", registerOver(web("2").json()));
        eventuallyCanaryIsHealthy(second);

        JobDeployment third = deploymentOf("web", registerOver(web("3").json()));

        JobDeployment cancelled = eventuallyEnds(second, DeploymentStatus.CANCELLED);
        assertThat(cancelled.description()).isEqualTo("Cancelled due to newer version of job");
        assertThat(third.awaitsPromotion()).isTrue();
    }

    @Test
    void stoppingTheJobCancelsItsDeployment() {
        running(web("1"));
        JobDeployment second = deploymentOf("web", registerOver(web("2").json()));

        nomad.stop(namespace, "web", false);

        assertThat(eventuallyEnds(second, DeploymentStatus.CANCELLED).description())
                .isEqualTo("Cancelled because job is stopped");
    }

    @Test
    void healthyCanaryOutlivesItsProgressDeadline() {
        running(web("1"));
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                web("2").deadlines(Duration.ofSeconds(1), Duration.ofSeconds(2))
                                        .json()));
        eventuallyCanaryIsHealthy(deployment);

        pass(Duration.ofSeconds(3));

        assertThat(look(deployment).awaitsPromotion()).isTrue();
    }

    @Test
    void blueGreenReplacesAllAtOnceWhenPromoted() {
        running(web("1").canary(2));
        JobDeployment deployment = deploymentOf("web", registerOver(web("2").canary(2).json()));
        eventually(() -> assertThat(group(look(deployment)).allocations().healthy()).isEqualTo(2));
        assertThat(nomad.allocations(namespace, "web").stream().filter(Allocation::serving))
                .hasSize(4);

        nomad.promote(namespace, deployment.id());

        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
        eventually(() ->
                assertThat(nomad.allocations(namespace, "web").stream().filter(Allocation::serving))
                        .hasSize(2)
                        .allMatch(allocation -> allocation.jobVersion() == 1));
    }

    @Test
    void pausedDeploymentKeepsWhatItHasAndGoesOnWhenItIsResumed() {
        running(web("1").count(4).maxParallel(1));
        JobDeployment deployment =
                deploymentOf("web", registerOver(web("2").count(4).maxParallel(1).json()));
        eventuallyCanaryIsHealthy(deployment);

        nomad.pause(namespace, deployment.id(), true);
        nomad.pause(namespace, deployment.id(), true);
        nomad.promote(namespace, deployment.id());

        assertThat(look(deployment).status()).isEqualTo(DeploymentStatus.PAUSED);
        assertThat(look(deployment).description()).isEqualTo("Deployment is paused");
        // What the canary stands for goes, and nothing else.
        eventually(() -> assertThat(serving(0)).isEqualTo(3));
        pass(Duration.ofSeconds(2));
        assertThat(serving(0)).isEqualTo(3);
        assertThat(serving(1)).isEqualTo(1);

        nomad.pause(namespace, deployment.id(), false);

        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
        assertThat(serving(1)).isEqualTo(4);
        refused(
                Reason.NOMAD_DEPLOYMENT_ENDED,
                () -> nomad.pause(namespace, deployment.id(), false));
    }

    @Test
    void pauseDoesNotStopTheProgressDeadline() {
        running(web("1"));
        JobDeployment deployment =
                deploymentOf(
                        "web",
                        registerOver(
                                web("2").count(4)
                                        .maxParallel(1)
                                        .deadlines(Duration.ofSeconds(1), Duration.ofSeconds(3))
                                        .json()));
        eventuallyCanaryIsHealthy(deployment);

        nomad.pause(namespace, deployment.id(), true);
        nomad.promote(namespace, deployment.id());

        assertThat(eventuallyEnds(deployment, DeploymentStatus.FAILED).description())
                .isEqualTo("Failed due to progress deadline");
    }

    private long serving(long version) {
        return nomad.allocations(namespace, "web").stream()
                .filter(one -> one.jobVersion() == version && one.serving())
                .count();
    }

    private boolean replaced() {
        return nomad.allocations(namespace, "web").stream()
                .filter(allocation -> allocation.jobVersion() == 0)
                .anyMatch(allocation -> "stop".equals(allocation.state().desired()));
    }

    private void eventuallyCanaryIsHealthy(JobDeployment deployment) {
        eventually(() -> assertThat(group(look(deployment)).allocations().healthy()).isEqualTo(1));
    }

    private JobDeployment deploymentAfter(JobDeployment deployment) {
        eventually(() ->
                assertThat(nomad.latestDeployment(namespace, "web").orElseThrow().id())
                        .isNotEqualTo(deployment.id()));
        return nomad.latestDeployment(namespace, "web").orElseThrow();
    }
}
