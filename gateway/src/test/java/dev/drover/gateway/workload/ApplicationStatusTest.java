package dev.drover.gateway.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.ApplicationStatus;
import dev.drover.v1.ApplicationStatus.Condition;
import dev.drover.v1.GetApplicationStatusRequest;
import dev.drover.v1.JobStatus;
import dev.drover.v1.VersionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told about an application in an environment. */
class ApplicationStatusTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final WorkloadLab lab = new WorkloadLab(nomad, "default", time);
    private final Map<String, Workload> workloads = new ConcurrentHashMap<>();

    @BeforeEach
    void behave() {
        nomad.workloads(
                (job, group) -> workloads.getOrDefault(job.path("ID").asText(), Workload.HEALTHY));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void whatWasNeverBroughtIsAbsentAndSaysSo() {
        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).isEqualTo(Condition.ABSENT);
        assertThat(status.getFindingsList())
                .containsExactly(
                        "job \"web\" was never brought here: nothing runs yet",
                        "job \"api\" was never brought here: nothing runs yet");
        assertThat(status.getJobsList())
                .extracting(JobStatus::getJob, JobStatus::getType)
                .containsExactly(tuple("web", ""), tuple("api", ""));
    }

    @Test
    void whatRunsWellIsHealthyAndNamesItsRelease() {
        both(1);
        lab.brought("first", "1-0-0", "web", "api");

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).as("%s", status).isEqualTo(Condition.HEALTHY);
        assertThat(status.getFindingsList()).isEmpty();
        assertThat(job(status, "web").getVersionsList())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.getCurrent()).isTrue();
                    assertThat(version.getStable()).isTrue();
                    assertThat(version.getRelease()).endsWith("/releases/1-0-0");
                    assertThat(version.getPromotion()).endsWith("/promotions/first");
                    assertThat(version.getRunning()).isEqualTo(2);
                });
        assertThat(job(status, "web").getGroups(0).getDesired()).isEqualTo(2);
        assertThat(job(status, "web").getDeployment().getStatus()).isEqualTo("successful");
    }

    @Test
    void olderVersionIsTheReleaseThatItsTagNames() {
        both(1);
        lab.brought("first", "1-0-0", "web");
        nomad.tagVersion("default", "web", 0, "drover-first", "");
        workloads.put("web", new Workload.NeverStarts());
        lab.register(TestJobs.service("web").count(2).maxParallel(1).release("2"));
        lab.brought("second", "1-1-0", "web");
        time.advance(Duration.ofSeconds(3));

        JobStatus web = job(lab.status(), "web");

        assertThat(web.getVersionsList())
                .extracting(VersionStatus::getVersion, version -> id(version.getRelease()))
                .containsExactly(tuple(1L, "1-1-0"), tuple(0L, "1-0-0"));
    }

    @Test
    void rolloutThatGoesWellIsAChange() {
        both(1);
        lab.register(TestJobs.service("web").count(2).canary(1).release("2"));
        time.advance(Duration.ofSeconds(5));

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).as("%s", status).isEqualTo(Condition.CHANGING);
        assertThat(status.getFindingsList())
                .singleElement()
                .asString()
                .contains("deployment of version 1")
                .contains("requires manual promotion");
        assertThat(job(status, "web").getDeployment().getAwaitsPromotion()).isTrue();
        assertThat(job(status, "web").getAllocationsList()).anyMatch(one -> one.getCanary());
    }

    @Test
    void failingCanaryIsToldWithItsLastWordWhileTheOldOnesServe() {
        both(1);
        workloads.put("web", Workload.CRASHING);
        lab.register(
                TestJobs.service("web")
                        .count(2)
                        .canary(1)
                        .minHealthy(Duration.ofSeconds(2))
                        .release("2"));
        time.advance(Duration.ofSeconds(5));

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).as("%s", status).isEqualTo(Condition.DEGRADED);
        assertThat(status.getFindings(0))
                .startsWith("job \"web\": 1 allocation of version 1 failed; allocation ")
                .contains("task t: Terminated: Exit Code: 1");
        assertThat(status.getFindingsList())
                .anyMatch(one -> one.contains("deployment of version 1: Failed due to"));
    }

    @Test
    void whatFitsNowhereIsDownWithNomadsNumbers() {
        workloads.put("web", new Workload.FitsNowhere("${attr.kernel.name} = plan9"));
        both(1);

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).isEqualTo(Condition.DOWN);
        assertThat(status.getFindings(0))
                .isEqualTo(
                        "job \"web\", group \"g\": no place for 2 allocations: 1 of 1 nodes ruled out"
                                + " (${attr.kernel.name} = plan9: 1)");
        assertThat(job(status, "web").getPlacementFailures(0).getNodesFiltered()).isEqualTo(1);
        assertThat(job(status, "api").getCondition()).isEqualTo(Condition.HEALTHY);
    }

    @Test
    void failingChecksDegrade() {
        lab.register(TestJobs.service("web").checked());
        lab.register(TestJobs.service("api"));
        time.advance(Duration.ofSeconds(10));

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).isEqualTo(Condition.DEGRADED);
        assertThat(status.getFindingsList())
                .singleElement()
                .asString()
                .startsWith("job \"web\": check \"alive\" of service \"svc\" fails on allocation ");
        nomad.tasks().checking(allocation -> "success");
        assertThat(lab.status().getCondition()).isEqualTo(Condition.HEALTHY);
    }

    @Test
    void nodeThatDoesNotAnswerHidesOnlyItsChecks() {
        lab.register(TestJobs.service("web").checked());
        lab.register(TestJobs.service("api"));
        time.advance(Duration.ofSeconds(10));
        nomad.faults().next("checks", Fault.REFUSED);

        JobStatus web = job(lab.status(), "web");

        assertThat(web.getCondition()).isEqualTo(Condition.HEALTHY);
        assertThat(web.getChecksMessage()).contains("did not answer");
        assertThat(web.getAllocations(0).getChecksList()).isEmpty();
    }

    @Test
    void stoppedJobIsToldAndAMissingOneBesideARunningOneDegrades() {
        both(1);
        lab.brought("first", "1-0-0", "web", "api");
        nomad.stop("default", "web", false);
        time.advance(Duration.ofSeconds(5));

        ApplicationStatus stopped = lab.status();
        assertThat(stopped.getCondition()).isEqualTo(Condition.DEGRADED);
        assertThat(job(stopped, "web").getCondition()).isEqualTo(Condition.STOPPED);
        assertThat(stopped.getFindingsList())
                .containsExactly("job \"web\" is stopped since version 1");

        nomad.stop("default", "web", true);
        assertThat(lab.status().getFindingsList())
                .containsExactly(
                        "job \"web\" is not in Nomad, although 1-0-0 was brought here:"
                                + " it was removed, or is newer than that");
    }

    @Test
    void versionThatDroverDidNotBringIsTold() {
        both(1);
        lab.brought("first", "1-0-0", "web", "api");
        lab.register(TestJobs.service("web").count(2).release("by hand"));
        time.advance(Duration.ofSeconds(10));

        ApplicationStatus status = lab.status();

        assertThat(status.getCondition()).isEqualTo(Condition.HEALTHY);
        assertThat(status.getFindingsList())
                .containsExactly(
                        "job \"web\": Drover did not bring version 1: somebody changed the job in Nomad");
        assertThat(job(status, "web").getVersions(0).getRelease()).isEmpty();
    }

    @Test
    void sensitiveValuesAreLeftOut() {
        lab.secret("plan9-secret");
        workloads.put("web", new Workload.FitsNowhere("${meta.key} = plan9-secret"));
        both(1);

        ApplicationStatus status = lab.status();

        assertThat(status.toString()).contains("(sensitive)").doesNotContain("plan9-secret");
    }

    @Test
    void whatDoesNotExistIsNamedWithWhatDoes() {
        assertThat(refused("projects/shop/applications/none", WorkloadLab.PROD).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(refused(WorkloadLab.APPLICATION, "").text())
                .contains("environment: is required", WorkloadLab.PROD);
        GatewayException elsewhere =
                refused(WorkloadLab.APPLICATION, "projects/shop/environments/staging");
        assertThat(elsewhere.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(elsewhere.text())
                .contains("'projects/shop/environments/staging' is not one of the pipeline of")
                .contains("projects/shop/pipelines/main has " + WorkloadLab.PROD);
    }

    @Test
    void clusterThatDoesNotAnswerIsAnError() {
        nomad.faults().next("job", Fault.REFUSED);

        GatewayException refusal =
                Objects.requireNonNull(
                        catchThrowableOfType(GatewayException.class, () -> lab.status()));
        assertThat(refusal.reason()).isEqualTo(Reason.NOMAD_UNREACHABLE);
    }

    private GatewayException refused(String application, String environment) {
        return Objects.requireNonNull(
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                lab.status(
                                        GetApplicationStatusRequest.newBuilder()
                                                .setName(application)
                                                .setEnvironment(environment)
                                                .build())));
    }

    private void both(int release) {
        String value = Integer.toString(release);
        lab.register(TestJobs.service("web").count(2).release(value));
        lab.register(TestJobs.service("api").release(value));
        time.advance(Duration.ofSeconds(10));
    }

    private static JobStatus job(ApplicationStatus status, String id) {
        return status.getJobsList().stream()
                .filter(one -> one.getJob().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
