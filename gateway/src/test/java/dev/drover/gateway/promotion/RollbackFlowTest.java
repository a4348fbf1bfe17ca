package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.FailureCause;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Going back to what ran before, on a real store and a simulated Nomad. */
class RollbackFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns()
                .declare("staging", "prod", Map.of("db", 0, "web", 1, "api", 1))
                .strategy(
                        Strategy.newBuilder()
                                .setCanary(CanaryStrategy.newBuilder().setCount(1))
                                .build());
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void wavesGoBackInReverseOrderAsThePlanSays() {
        succeed(release("1", "one"));
        succeed(release("2", "two"));
        int before = nomad.registrations().size();
        Promotion rollback = back(request());
        assertThat(rollback.getPlan().getStepsList())
                .anyMatch(step -> step.contains("reverse order"))
                .anyMatch(step -> step.startsWith("wave 0: job \"api\""))
                .anyMatch(step -> step.startsWith("wave 1: job \"db\""));
        List<String> jobs =
                nomad.registrations().stream()
                        .skip(before)
                        .map(SimulatedNomad.Registered::jobId)
                        .toList();
        assertThat(jobs).hasSize(3).endsWith("db");
    }

    @Test
    void whatComesBackIsWhatWasRenderedThenNotWhatWouldBeNow() {
        Promotion first = lab.promotion(succeed(release("1", "one")));
        succeed(release("2", "two"));
        lab.nouns().jobBaseline("staging", JobBaseline.newBuilder().putEnv("ZONE", "new").build());
        Promotion rollback = back(request());
        assertThat(specs(rollback)).isEqualTo(specs(first));
        assertThat(nomad.job("staging", "web").orElseThrow().spec().toString())
                .contains("one")
                .doesNotContain("ZONE");
        Promotion again = lab.promotion(succeed(release("1b", "one")));
        assertThat(specs(again)).isNotEqualTo(specs(first));
    }

    @Test
    void laterRollbackBringsBackAllJobsThoughTheEarlierOneTouchedOne() {
        succeed(release("1", "one"));
        Map<String, TestJobs> bad = jobs("two");
        bad.put("db", service("db", "two").script("exit 1 # crashing"));
        promote(release("2", bad), Promotion.State.ROLLED_BACK);
        assertThat(running("web")).contains("one");
        succeed(release("3", "three"));
        Promotion rollback = back(request());
        assertThat(rollback.getRelease()).endsWith("/1");
        for (String job : List.of("db", "web", "api")) {
            assertThat(running(job)).as(job).contains("one");
        }
    }

    @Test
    void rollbackAndWhatItTookBackNameEachOtherAndTheLogTellsWhy() {
        succeed(release("1", "one"));
        String second = succeed(release("2", "two"));
        Promotion rollback = back(request().toBuilder().setReason("2 is slow").build());
        assertThat(rollback.getRollbackOf()).isEqualTo(second);
        assertThat(rollback.getReason()).isEqualTo("2 is slow");
        assertThat(lab.promotion(second).getRolledBackBy()).isEqualTo(rollback.getName());
        assertThat(lab.promotion(second).getState()).isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(log(second)).contains("promotion.takenback");
        assertThat(log(rollback.getName()))
                .contains("promotion.create", "promotion.start", "promotion.succeed");
    }

    @Test
    void jobsOfTheSameSpecificationAreNotRegisteredAgain() {
        succeed(release("1", "one"));
        Map<String, TestJobs> jobs = jobs("one");
        jobs.put("api", service("api", "two"));
        succeed(release("2", jobs));
        int before = nomad.registrations().size();
        Promotion rollback = back(request());
        assertThat(nomad.registrations().stream().skip(before))
                .extracting(SimulatedNomad.Registered::jobId)
                .containsExactly("api");
        assertThat(rollback.getPlan().getJobsList())
                .filteredOn(job -> job.getChange() == JobPlan.Change.NONE)
                .extracting(JobPlan::getJob)
                .containsExactlyInAnyOrder("db", "web");
        succeed(release("1b", "one"));
        before = nomad.registrations().size();
        assertThat(back(request()).getRelease()).endsWith("/1");
        assertThat(nomad.registrations()).hasSize(before);
    }

    @Test
    void specificationThatFailedIsNotGoneBackToOnceMore() {
        succeed(release("1", "one"));
        succeed(release("2", "two"));
        nomad.workloads((job, group) -> Workload.CRASHING);
        Promotion failed = ended(ask(request()));
        assertThat(failed.getState()).isEqualTo(Promotion.State.FAILED);
        int before = nomad.registrations().size();
        RollbackApplicationRequest named =
                request().toBuilder().setRelease(TestNouns.APPLICATION + "/releases/1").build();
        Promotion again = ended(ask(named));
        // The wave that failed is as it should be by now, the other one is not.
        assertThat(again.getState()).isEqualTo(Promotion.State.FAILED);
        Promotion third = ended(ask(named));
        assertThat(third.getFailureCause()).isEqualTo(FailureCause.PLAN_FAILED);
        assertThat(third.getStateMessage()).contains("this very specification already");
        assertThat(nomad.registrations()).hasSize(before + 1);
    }

    @Test
    void abandonedReleaseIsPassedOverUnlessItIsNamed() {
        succeed(release("1", "one"));
        String second = release("2", "two");
        succeed(second);
        succeed(release("3", "three"));
        lab.nouns().abandon(second);
        assertThat(preview(request()).getRelease()).endsWith("/1");
        Promotion named = preview(request().toBuilder().setRelease(second).build());
        assertThat(named.getState()).isEqualTo(Promotion.State.BLOCKED);
        assertThat(named.getStateMessage()).contains("abandoned");
    }

    @Test
    void whereThereIsNothingToGoBackToTheFieldIsNamed() {
        refused(request(), "environment", "nothing to go back to");
        String first = release("1", "one");
        succeed(first);
        refused(request(), "environment", "before the present one, 1");
        refused(request().toBuilder().setRelease(first).build(), "release", "runs in");
        String never = release("2", "two");
        refused(
                request().toBuilder().setRelease(never).build(),
                "release",
                "never succeeded in " + TestNouns.STAGING);
        succeed(release("3", "three"));
        refused(
                request().toBuilder().setRelease(never).build(),
                "release",
                "go back to one that did: 1");
    }

    @Test
    void previewTellsThePlanAndChangesNothing() {
        succeed(release("1", "one"));
        succeed(release("2", "two"));
        long before = lab.files().store().position();
        Promotion preview = preview(request());
        assertThat(preview.getRelease()).endsWith("/1");
        assertThat(preview.getKind()).isEqualTo(Promotion.Kind.ROLLBACK);
        assertThat(preview.getPlan().getJobsList()).hasSize(3);
        assertThat(preview.getPlan().getJobsList())
                .allSatisfy(
                        job -> assertThat(job.getDesiredUpdatesOrThrow("g").getCanary()).isZero());
        assertThat(lab.files().store().position()).isEqualTo(before);
    }

    private void refused(RollbackApplicationRequest request, String field, String why) {
        assertThatThrownBy(() -> ask(request))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Reason.TRANSITION_NOT_ALLOWED);
                            assertThat(refusal.text()).startsWith(field + ": ").contains(why);
                            assertThat(refusal.details().metadata()).containsEntry("field", field);
                        });
    }

    private static RollbackApplicationRequest request() {
        return RollbackApplicationRequest.newBuilder()
                .setName(TestNouns.APPLICATION)
                .setEnvironment(TestNouns.STAGING)
                .setReason("a hunch")
                .build();
    }

    private Promotion preview(RollbackApplicationRequest request) {
        return (Promotion)
                lab.call(
                        "RollbackApplication",
                        PromotionLab.DEVELOPER,
                        request.toBuilder().setValidateOnly(true).build());
    }

    private String ask(RollbackApplicationRequest request) {
        return ((Promotion) lab.call("RollbackApplication", PromotionLab.DEVELOPER, request))
                .getName();
    }

    private Promotion back(RollbackApplicationRequest request) {
        Promotion rollback = ended(ask(request));
        assertThat(rollback.getState())
                .as(rollback.getStateMessage())
                .isEqualTo(Promotion.State.SUCCEEDED);
        return rollback;
    }

    private String succeed(String release) {
        return promote(release, Promotion.State.SUCCEEDED);
    }

    private String promote(String release, Promotion.State end) {
        String promotion = lab.promote(release, TestNouns.STAGING);
        assertThat(ended(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(end);
        return promotion;
    }

    private Promotion ended(String promotion) {
        engine.until(LONG, () -> PromotionStates.ended(lab.promotion(promotion)));
        return lab.promotion(promotion);
    }

    private static Map<String, String> specs(Promotion promotion) {
        return promotion.getPlan().getJobsList().stream()
                .collect(Collectors.toMap(JobPlan::getJob, JobPlan::getSpecDigest));
    }

    private Set<String> log(String promotion) {
        return lab.files().store().entries(0, 1000).stream()
                .map(AuditRecord::event)
                .filter(event -> event.resource().equals(promotion))
                .map(event -> event.action())
                .collect(Collectors.toSet());
    }

    private String running(String job) {
        return nomad.job("staging", job).orElseThrow().spec().toString();
    }

    private String release(String id, String value) {
        return release(id, jobs(value));
    }

    private String release(String id, Map<String, TestJobs> jobs) {
        Map<String, ObjectNode> specs = new HashMap<>();
        jobs.forEach((job, spec) -> specs.put(job, spec.json()));
        return lab.nouns().release(id, specs);
    }

    private static Map<String, TestJobs> jobs(String value) {
        Map<String, TestJobs> jobs = new HashMap<>();
        List.of("db", "web", "api").forEach(job -> jobs.put(job, service(job, value)));
        return jobs;
    }

    private static TestJobs service(String job, String value) {
        return TestJobs.service(job).count(2).minHealthy(Duration.ofSeconds(1)).release(value);
    }
}
