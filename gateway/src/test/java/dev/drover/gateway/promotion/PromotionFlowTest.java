package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.plan.Secrets;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of promotions, on a real store and a simulated Nomad. */
class PromotionFlowTest {
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
                .declare("staging", "prod", Map.of("web", 0, "api", 1))
                .strategy(canary(CanaryPromotion.WHEN_HEALTHY));
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void releaseGoesThroughStagingApprovalAndCanaryToProd() {
        lab.nouns().approvals(1, "owners");
        String release = release("1.0.0", "one");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.PENDING_APPROVAL);
        assertThatThrownBy(() -> lab.approve(prod, PromotionLab.DEVELOPER))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("may not approve");
        lab.approve(prod, PromotionLab.OWNER);
        reaches(prod, Promotion.State.SUCCEEDED);
        Promotion done = lab.promotion(prod);
        assertThat(done.getDecision().getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(done.getDecision().getPlanDigest()).isEqualTo(done.getPlan().getDigest());
        assertThat(done.getApprovalsList())
                .extracting(Approval::getState)
                .containsExactly(Approval.State.APPROVED);
        assertThat(lab.states(TestNouns.PROD).getRelease()).isEqualTo(release);
        assertThat(lab.states(TestNouns.PROD).getJobVersionsMap())
                .containsOnlyKeys("web", "api")
                .containsEntry("web", 0L);
    }

    @Test
    void jobsOfALaterWaveWaitForTheEarlierOne() {
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.RUNNING);
        assertThat(lab.phase(promotion, "api").getState()).isEqualTo(Phase.State.PENDING);
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void prodIsBlockedUntilTheReleaseSucceededInStaging() {
        String release = release("1.0.0", "one");
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.BLOCKED);
        assertThat(lab.promotion(prod).getStateMessage()).contains("has not succeeded in");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        reaches(prod, Promotion.State.SUCCEEDED);
    }

    @Test
    void failingCanaryIsRolledBackByItself() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String bad = run(broken("1.1.0"), TestNouns.STAGING, Promotion.State.ROLLED_BACK);
        Promotion failed = lab.promotion(bad);
        Promotion rollback = lab.promotion(failed.getRolledBackBy());
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(rollback.getState()).isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(rollback.getRollbackOf()).isEqualTo(bad);
        assertThat(rollback.getKind()).isEqualTo(Promotion.Kind.ROLLBACK);
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("1.0.0");
        assertThat(lab.states(TestNouns.STAGING).getActivePromotion()).isEmpty();
        assertThat(registrations("web")).isEqualTo(3);
        assertThat(registrations("api")).isEqualTo(3);
    }

    @Test
    void jobThatTheFailedPromotionDidNotReachIsNotTouchedByTheRollback() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        Map<String, TestJobs> jobs = jobs("two");
        job(jobs, "web").script("exit 1 # crashing");
        run(release("1.1.0", jobs), TestNouns.STAGING, Promotion.State.ROLLED_BACK);
        assertThat(registrations("web")).isEqualTo(3);
        assertThat(registrations("api")).isEqualTo(1);
    }

    @Test
    void firstReleaseThatFailsHasNothingToGoBackTo() {
        String bad = run(broken("1.0.0"), TestNouns.STAGING, Promotion.State.FAILED);
        assertThat(lab.promotion(bad).getStateMessage())
                .contains("nothing succeeded here before")
                .contains("web");
        assertThat(lab.states(TestNouns.STAGING).getRelease()).isEmpty();
        assertThat(lab.states(TestNouns.STAGING).getLastState()).isEqualTo(Promotion.State.FAILED);
    }

    @Test
    void rollbackThatFailsLeavesThePromotionFailedAndSaysSo() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String promotion = lab.promote(broken("1.1.0"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "api").getState() == Phase.State.RUNNING);
        nomad.workloads((job, group) -> Workload.CRASHING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.ROLLBACK_FAILED);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("rollback")
                .contains("FAILED");
    }

    @Test
    void releaseThatChangesNothingSucceedsWithoutARegistration() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String again = run(release("1.0.1", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        assertThat(lab.phase(again, "web").getState()).isEqualTo(Phase.State.SKIPPED);
        assertThat(registrations("web")).isEqualTo(1);
    }

    @Test
    void canaryByHandWaitsForAPersonAndGoesOnWhenAdvanced() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        lab.nouns().strategy(canary(CanaryPromotion.BY_HAND));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.PAUSED);
        pass(Duration.ofHours(1));
        assertThat(lab.phase(promotion, "web").getState()).isEqualTo(Phase.State.PAUSED);
        lab.advance(promotion);
        engine.until(LONG, () -> lab.phase(promotion, "api").getState() == Phase.State.PAUSED);
        assertThatThrownBy(
                        () -> {
                            lab.advance(promotion);
                            lab.advance(promotion);
                        })
                .hasMessageContaining("none of its phases waits");
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void canaryThatCrashesWhileAPersonIsWaitedForFailsThePromotion() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        lab.nouns().strategy(canary(CanaryPromotion.BY_HAND));
        nomad.workloads((job, group) -> new Workload.Crashes(Duration.ofSeconds(20), 1));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.PAUSED);
        nomad.workloads((job, group) -> Workload.HEALTHY);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("a canary was healthy and failed");
    }

    @Test
    void jobThatFitsNowhereFailsAtItsOwnDeadlineWithNomadsCounts() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        nomad.workloads((job, group) -> new Workload.FitsNowhere("missing drivers"));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(
                LONG,
                () -> PromotionStates.ended(lab.promotion(promotion)) || rollingBack(promotion));
        nomad.workloads((job, group) -> Workload.HEALTHY);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.PLACEMENT_FAILED);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("missing drivers on 1");
    }

    @Test
    void jobChangedBySomebodyElseIsLeftAsItIs() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getJobModifyIndex() > 0);
        nomad.register(
                "staging",
                job(jobs("three"), "web").json(),
                lab.phase(promotion, "web").getJobModifyIndex(),
                Submission.NONE);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(registrations("web")).isEqualTo(3);
    }

    @Test
    void jobChangedBeforeItsWaveIsNotOverwritten() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getJobModifyIndex() > 0);
        nomad.register(
                "staging",
                job(jobs("three"), "api").json(),
                nomad.job("staging", "api").orElseThrow().indexes().spec(),
                Submission.NONE);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(registrations("api")).isEqualTo(2);
    }

    @Test
    void registrationWhoseReplyIsLostIsNotSentAgain() {
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        nomad.faults().next("register", Fault.LOST_REPLY);
        nomad.faults().next("register", Fault.LOST_REPLY);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(nomad.registrations()).hasSize(2);
    }

    @Test
    void shortOutageIsToldAndFailsNothing() {
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.RUNNING);
        nomad.faults().always(call -> Fault.REFUSED);
        pass(Duration.ofMinutes(10));
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("clusters/test does not answer since");
        nomad.faults().heal();
        reaches(promotion, Promotion.State.SUCCEEDED);
    }

    @Test
    void longOutageFailsThePromotion() {
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.RUNNING);
        nomad.faults().always(call -> Fault.REFUSED);
        pass(Duration.ofMinutes(40));
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.CLUSTER_UNREACHABLE);
        assertThat(lab.phase(promotion, "web").getState()).isEqualTo(Phase.State.FAILED);
        assertThat(lab.phase(promotion, "web").getMessage()).contains("does not answer since");
    }

    @Test
    void planThatMovedWhileItWaitedForApprovalVoidsApprovals() {
        lab.nouns().approvals(2, "owners");
        String release = release("1.0.0", "one");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.PENDING_APPROVAL);
        lab.approve(prod, PromotionLab.OWNER);
        String before = lab.promotion(prod).getPlan().getDigest();
        nomad.register("prod", job(jobs("by hand"), "web").json(), 0, Submission.NONE);
        lab.nouns().approvals(1, "owners");
        engine.until(
                LONG,
                () -> {
                    Promotion seen = lab.promotion(prod);
                    return seen.getState() == Promotion.State.PENDING_APPROVAL
                            && !seen.getPlan().getDigest().equals(before);
                });
        assertThat(lab.promotion(prod).getApprovalsList())
                .extracting(Approval::getState)
                .containsExactly(Approval.State.VOIDED);
    }

    @Test
    void staleDigestIsNotApproved() {
        lab.nouns().approvals(1, "owners");
        String release = release("1.0.0", "one");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.PENDING_APPROVAL);
        assertThatThrownBy(() ->
                        lab.call(
                                "ApprovePromotion",
                                PromotionLab.OWNER,
                                ApprovePromotionRequest.newBuilder()
                                        .setName(prod)
                                        .setEtag(lab.etag(prod))
                                        .setPlanDigest("0123")
                                        .build()))
                .hasMessageContaining("0123")
                .hasMessageContaining(lab.promotion(prod).getPlan().getDigest());
    }

    @Test
    void onePromotionRunsInALaneAndTheNextWaitsItsTurn() {
        String first = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        String second = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.promotion(first).getState() == Promotion.State.RUNNING);
        reaches(second, Promotion.State.QUEUED);
        assertThat(lab.promotion(second).getStateMessage()).contains("number 1").contains(first);
        reaches(first, Promotion.State.SUCCEEDED);
        reaches(second, Promotion.State.SUCCEEDED);
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("1.1.0");
    }

    @Test
    void promotionThatWaitsForApprovalDoesNotHoldUpOthers() {
        lab.nouns().approvals(1, "owners");
        String one = release("1.0.0", "one");
        String two = release("1.1.0", "two");
        run(one, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        run(two, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String waiting = lab.promote(one, TestNouns.PROD);
        String overtaking = lab.promote(two, TestNouns.PROD);
        reaches(waiting, Promotion.State.PENDING_APPROVAL);
        reaches(overtaking, Promotion.State.PENDING_APPROVAL);
        lab.approve(overtaking, PromotionLab.OWNER);
        reaches(overtaking, Promotion.State.SUCCEEDED);
        // What it would change is another thing now: planned again when its turn comes.
        assertThat(lab.promotion(waiting).getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
    }

    @Test
    void waitingPromotionIsCancelledAtOnceAndARunningOneIsTakenBack() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String running = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        String waiting = lab.promote(release("1.2.0", "three"), TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(running, "api").getState() == Phase.State.RUNNING);
        lab.cancel(waiting);
        assertThat(lab.promotion(waiting).getState()).isEqualTo(Promotion.State.CANCELLED);
        lab.cancel(running);
        reaches(running, Promotion.State.CANCELLED);
        assertThat(lab.promotion(running).getStateMessage()).contains("1.0.0 runs again");
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("1.0.0");
        assertThatThrownBy(() -> lab.cancel(running)).hasMessageContaining("CANCELLED");
    }

    @Test
    void rejectedPromotionEndsAndCanBeTriedAgain() {
        lab.nouns().approvals(1, "owners");
        String release = release("1.0.0", "one");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.PENDING_APPROVAL);
        lab.call(
                "RejectPromotion",
                PromotionLab.OWNER,
                RejectPromotionRequest.newBuilder().setName(prod).setReason("not today").build());
        assertThat(lab.promotion(prod).getState()).isEqualTo(Promotion.State.REJECTED);
        Promotion retried =
                (Promotion)
                        lab.call(
                                "RetryPromotion",
                                PromotionLab.DEVELOPER,
                                RetryPromotionRequest.newBuilder().setName(prod).build());
        assertThat(retried.getRetryOf()).isEqualTo(prod);
        reaches(retried.getName(), Promotion.State.PENDING_APPROVAL);
    }

    @Test
    void rollbackByAPersonBringsBackTheReleaseBefore() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        run(release("1.1.0", "two"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        RollbackApplicationRequest request =
                RollbackApplicationRequest.newBuilder()
                        .setName(TestNouns.APPLICATION)
                        .setEnvironment(TestNouns.STAGING)
                        .setReason("1.1.0 is slow")
                        .build();
        Promotion preview =
                (Promotion)
                        lab.call(
                                "RollbackApplication",
                                PromotionLab.DEVELOPER,
                                request.toBuilder().setValidateOnly(true).build());
        assertThat(preview.getPlan().getJobsCount()).isEqualTo(2);
        Promotion rollback =
                (Promotion) lab.call("RollbackApplication", PromotionLab.DEVELOPER, request);
        reaches(rollback.getName(), Promotion.State.SUCCEEDED);
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("1.0.0");
        assertThatThrownBy(() ->
                        lab.call(
                                "RollbackApplication",
                                PromotionLab.DEVELOPER,
                                request.toBuilder().setEnvironment(TestNouns.PROD).build()))
                .hasMessageContaining("no release succeeded");
    }

    @Test
    void explainTellsWhatStandsInTheWayAndChangesNothing() {
        lab.nouns().approvals(1, "owners");
        String release = release("1.0.0", "one");
        long entries = lab.files().store().size();
        ExplainPromotionRequest request =
                ExplainPromotionRequest.newBuilder()
                        .setParent(TestNouns.PROJECT)
                        .setRelease(release)
                        .setEnvironment(TestNouns.PROD)
                        .build();
        ExplainPromotionResponse told =
                (ExplainPromotionResponse)
                        lab.call("ExplainPromotion", PromotionLab.DEVELOPER, request);
        assertThat(told.getState()).isEqualTo(Promotion.State.BLOCKED);
        assertThat(told.getDecision().getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(told.getPlan().getJobsCount()).isEqualTo(2);
        assertThat(lab.files().store().size()).isEqualTo(entries);
    }

    @Test
    void validateOnlyPlansAndCreatesNothing() {
        CreatePromotionRequest request =
                CreatePromotionRequest.newBuilder()
                        .setParent(TestNouns.PROJECT)
                        .setPromotion(
                                Promotion.newBuilder()
                                        .setRelease(release("1.0.0", "one"))
                                        .setEnvironment(TestNouns.STAGING))
                        .setValidateOnly(true)
                        .build();
        Promotion would = (Promotion) lab.call("CreatePromotion", PromotionLab.DEVELOPER, request);
        assertThat(would.getState()).isEqualTo(Promotion.State.QUEUED);
        assertThat(would.getPlan().getDigest()).isNotEmpty();
        assertThat(lab.store().exists(would.getName())).isFalse();
        Promotion real =
                (Promotion)
                        lab.call(
                                "CreatePromotion",
                                PromotionLab.DEVELOPER,
                                request.toBuilder().setValidateOnly(false).build());
        assertThat(real.getName()).isEqualTo(TestNouns.PROJECT + "/promotions/web-1-0-0-staging-1");
    }

    @Test
    void sensitiveValueInWhatNomadSaysIsNeitherShownNorKept() {
        lab.secrets(new Secrets(Map.of("password", "hunter22"), List.of()));
        nomad.workloads((job, group) -> new Workload.FitsNowhere("no node has hunter22"));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("no node has (sensitive)");
        assertThat(lab.promotion(promotion).toString()).doesNotContain("hunter22");
        for (AuditRecord entry : lab.files().store().entries(0, 1000)) {
            assertThat(entry.event().toString()).doesNotContain("hunter22");
        }
    }

    @Test
    void environmentThatIsMadeAgainBeginsWithoutTheHistoryOfTheOneBefore() {
        String release = release("1.0.0", "one");
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        lab.nouns().makeAgain("staging");
        assertThat(lab.states(TestNouns.STAGING).getRelease()).isEmpty();
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.BLOCKED);
        run(release, TestNouns.STAGING, Promotion.State.SUCCEEDED);
        reaches(prod, Promotion.State.SUCCEEDED);
    }

    @Test
    void auditLogReplaysToEveryState() {
        run(release("1.0.0", "one"), TestNouns.STAGING, Promotion.State.SUCCEEDED);
        run(broken("1.1.0"), TestNouns.STAGING, Promotion.State.ROLLED_BACK);
        Map<String, String> replayed = new HashMap<>();
        for (AuditRecord entry : lab.files().store().entries(0, 1000)) {
            String state = entry.event().details().get("state");
            if (state != null) {
                replayed.put(entry.event().resource(), state);
            }
        }
        assertThat(replayed).hasSize(3);
        replayed.forEach((name, state) ->
                assertThat(lab.promotion(name).getState().name()).isEqualTo(state));
    }

    private String run(String release, String environment, Promotion.State end) {
        String promotion = lab.promote(release, environment);
        reaches(promotion, end);
        return promotion;
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(
                LONG,
                () ->
                        lab.promotion(promotion).getState() == state
                                || PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
    }

    private void pass(Duration duration) {
        for (int i = 0; i < 10; i++) {
            time.advance(duration.dividedBy(10));
            engine.round();
        }
    }

    private boolean rollingBack(String promotion) {
        return !lab.promotion(promotion).getRolledBackBy().isEmpty();
    }

    private long registrations(String job) {
        return nomad.registrations().stream().filter(one -> one.jobId().equals(job)).count();
    }

    private String release(String id, String value) {
        return release(id, jobs(value));
    }

    private String broken(String id) {
        Map<String, TestJobs> jobs = jobs("two");
        job(jobs, "api").script("exit 1 # crashing");
        return release(id, jobs);
    }

    private String release(String id, Map<String, TestJobs> jobs) {
        Map<String, ObjectNode> specs = new HashMap<>();
        jobs.forEach((job, spec) -> specs.put(job, spec.json()));
        return lab.nouns().release(id, specs);
    }

    private static TestJobs job(Map<String, TestJobs> jobs, String id) {
        return Objects.requireNonNull(jobs.get(id));
    }

    private static Map<String, TestJobs> jobs(String value) {
        Map<String, TestJobs> jobs = new HashMap<>();
        for (String job : List.of("web", "api")) {
            jobs.put(
                    job,
                    TestJobs.service(job)
                            .count(2)
                            .minHealthy(Duration.ofSeconds(1))
                            .release(value));
        }
        return jobs;
    }

    private static Strategy canary(CanaryPromotion promotion) {
        return Strategy.newBuilder()
                .setCanary(CanaryStrategy.newBuilder().setCount(1).setPromotion(promotion))
                .build();
    }
}
