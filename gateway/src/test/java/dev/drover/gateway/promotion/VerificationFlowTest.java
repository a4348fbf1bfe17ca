package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.decision.ReleaseHistory;
import dev.drover.gateway.plan.Secrets;
import dev.drover.gateway.verification.Outbound;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.FailureCause;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.NomadMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.Promotion;
import dev.drover.v1.Sample;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What verifications do to promotions, on a real store and a simulated Nomad. */
class VerificationFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final ScriptedOutbound outbound = new ScriptedOutbound();
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        lab.outbound(outbound);
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static Verification.Builder smoke() {
        return Verification.newBuilder()
                .setHttp(
                        HttpMeasurement.newBuilder()
                                .setUrl("http://web.example/healthz")
                                .setSuccessCondition("status == 200"));
    }

    private String good() {
        outbound.status(200);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        return promotion;
    }

    @Test
    void aPromotionSucceedsWhenAllMeasurementsSayYes() {
        lab.nouns().verifications(Map.of("smoke", smoke().setMeasurements(3).build()));
        outbound.status(200);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> samples(promotion) == 1);
        assertThat(lab.promotion(promotion).getStateMessage())
                .isEqualTo(
                        "verification smoke: 1 of 3 measured; the last: status == 200 is true"
                                + " (status = 200)");
        reaches(promotion, Promotion.State.SUCCEEDED);
        VerificationRun run = onlyRun(promotion);
        assertThat(run.getState()).isEqualTo(VerificationRun.State.PASSED);
        assertThat(run.getDeclaration().getMeasurements()).isEqualTo(3);
        assertThat(run.getSamplesList()).hasSize(3);
        assertThat(run.getSamples(0).getRequest()).isEqualTo("GET http://web.example/healthz");
        assertThat(run.getSamples(0).getValuesMap()).containsEntry("status", "200");
        assertThat(run.getSamples(1).getTime().getSeconds())
                .isEqualTo(run.getSamples(0).getTime().getSeconds() + 10);
    }

    @Test
    void withoutVerificationsNothingIsMeasured() {
        good();
        assertThat(outbound.asked()).isEmpty();
    }

    @Test
    void aNoIsRolledBackByItselfWithItsCause() {
        lab.nouns().verifications(Map.of("smoke", smoke().setMeasurements(2).build()));
        String first = good();
        outbound.status(503);
        String bad = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        reaches(bad, Promotion.State.ROLLED_BACK);
        Promotion failed = lab.promotion(bad);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.VERIFICATION_FAILED);
        assertThat(failed.getStateMessage())
                .contains("smoke: 1 of 2 failed; the last: status == 200 is false (status = 503)");
        Promotion rollback = lab.promotion(failed.getRolledBackBy());
        assertThat(rollback.getRelease()).isEqualTo(lab.promotion(first).getRelease());
        // What is known to be good is not measured again.
        assertThat(rollback.getVerificationRunsList()).isEmpty();
        assertThat(audit(bad))
                .contains("promotion.verification", "promotion.rollback", "promotion.rolledback");
    }

    @Test
    void aFirstReleaseThatFailsIsLeftAndTold() {
        lab.nouns().verifications(Map.of("smoke", smoke().build()));
        outbound.status(500);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.VERIFICATION_FAILED);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("not rolled back, since nothing succeeded here before");
    }

    @Test
    void whereAutomaticRollbackIsOffTheNewReleaseStays() {
        lab.nouns().verifications(Map.of("smoke", smoke().build()));
        good();
        lab.nouns().strategy(Strategy.newBuilder().setOnFailure(Strategy.OnFailure.HALT).build());
        outbound.status(500);
        String bad = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        reaches(bad, Promotion.State.FAILED);
        assertThat(lab.promotion(bad).getRolledBackBy()).isEmpty();
    }

    @Test
    void aDryRunIsRecordedAndDecidesNothing() {
        lab.nouns().verifications(Map.of("smoke", smoke().setDryRun(true).build()));
        outbound.status(500);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(onlyRun(promotion).getState()).isEqualTo(VerificationRun.State.FAILED);
    }

    @Test
    void whatIsInconclusiveWaitsUntilAPersonAccepts() {
        lab.nouns().verifications(Map.of("errors", metric()));
        outbound.answering(request -> ScriptedOutbound.received(200, vector("")));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        holds(promotion);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("errors: 1 of 1 cannot tell; the last: the query yields nothing");
        lab.call(
                "AdvancePromotion",
                PromotionLab.OWNER,
                AdvancePromotionRequest.newBuilder()
                        .setName(promotion)
                        .setReason("no traffic yet")
                        .build());
        reaches(promotion, Promotion.State.SUCCEEDED);
        VerificationRun run = onlyRun(promotion);
        assertThat(run.getState()).isEqualTo(VerificationRun.State.INCONCLUSIVE);
        assertThat(run.getAcceptedBy()).isEqualTo("serviceAccounts/owner");
        assertThat(run.getAcceptReason()).isEqualTo("no traffic yet");
        assertThat(history(promotion).verifications()).containsEntry("errors", "ACCEPTED");
    }

    @Test
    void advancingWhatDoesNotWaitIsRefused() {
        lab.nouns().verifications(Map.of("smoke", smoke().setMeasurements(3).build()));
        outbound.status(200);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.VERIFYING);
        assertThatThrownBy(() ->
                        lab.call(
                                "AdvancePromotion",
                                PromotionLab.OWNER,
                                AdvancePromotionRequest.newBuilder().setName(promotion).build()))
                .hasMessageContaining("none of its verifications waits for a person");
    }

    @Test
    void nobodyDecidingForTheDeclaredTimeTakesItBack() {
        good();
        lab.nouns()
                .verifications(
                        Map.of(
                                "errors",
                                metric().toBuilder()
                                        .setHoldLimit(
                                                com.google.protobuf.Duration.newBuilder()
                                                        .setSeconds(60))
                                        .build()));
        outbound.answering(request -> ScriptedOutbound.received(200, vector("")));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        holds(promotion);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.VERIFICATION_INCONCLUSIVE);
    }

    @Test
    void whatMustNotWaitIsTakenBackAtOnce() {
        good();
        lab.nouns()
                .verifications(
                        Map.of(
                                "errors",
                                metric().toBuilder()
                                        .setOnInconclusive(Verification.InconclusiveAction.FAIL)
                                        .build()));
        outbound.answering(request -> new Outbound.Answer.Refused("is not on the list"));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.VERIFICATION_INCONCLUSIVE);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("errors: cannot be measured: is not on the list");
    }

    @Test
    void cancellingWhileItIsVerifiedBringsBackWhatRan() {
        good();
        lab.nouns().verifications(Map.of("smoke", smoke().setMeasurements(50).build()));
        String promotion = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.VERIFYING);
        lab.call(
                "CancelPromotion",
                PromotionLab.OWNER,
                CancelPromotionRequest.newBuilder()
                        .setName(promotion)
                        .setReason("wrong one")
                        .build());
        reaches(promotion, Promotion.State.CANCELLED);
        assertThat(onlyRun(promotion).getState()).isEqualTo(VerificationRun.State.STOPPED);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("1.0.0 runs again");
    }

    @Test
    void onlyTheStagesThatAreNamedAreVerified() {
        lab.nouns().verifications(Map.of("smoke", smoke().build()), "prod");
        String release = lab.promotion(good()).getRelease();
        assertThat(outbound.asked()).isEmpty();
        String prod = lab.promote(release, TestNouns.PROD);
        reaches(prod, Promotion.State.SUCCEEDED);
        assertThat(outbound.asked()).hasSize(1);
    }

    @Test
    void verdictsAreThereForTheRulesOfTheNextStage() {
        lab.nouns()
                .verifications(
                        Map.of(
                                "smoke", smoke().build(),
                                "dry", smoke().setDryRun(true).build()));
        assertThat(history(good()).verifications())
                .isEqualTo(Map.of("smoke", "PASSED", "dry", "PASSED"));
    }

    @Test
    void anEngineThatTakesOverGoesOnWithTheEvidence() {
        lab.nouns().verifications(Map.of("smoke", smoke().setMeasurements(5).build()));
        outbound.status(200);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> samples(promotion) == 2);
        lab.files().reopen();
        time.advance(Duration.ofSeconds(30));
        engine = new EngineDriver(lab, time).claim(time.instant());
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(samples(promotion)).isEqualTo(5);
        assertThat(outbound.asked()).hasSize(5);
    }

    @Test
    void sensitiveValuesAreNotInTheEvidence() {
        lab.secrets(new Secrets(Map.of("password", "correct-horse"), List.of()));
        lab.nouns()
                .verifications(
                        Map.of(
                                "smoke",
                                Verification.newBuilder()
                                        .setHttp(
                                                HttpMeasurement.newBuilder()
                                                        .setUrl("http://web.example/")
                                                        .setSuccessCondition("body == 'ok'"))
                                        .build()));
        outbound.answering(request -> ScriptedOutbound.received(200, "it is correct-horse"));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).toString())
                .contains("body = ")
                .doesNotContain("correct-horse");
    }

    @Test
    void placeholdersStandForWhatIsVerified() {
        lab.nouns()
                .variable("staging", "host", Value.newBuilder().setStringValue("web:8080").build())
                .verifications(
                        Map.of(
                                "smoke",
                                Verification.newBuilder()
                                        .setHttp(
                                                HttpMeasurement.newBuilder()
                                                        .setUrl(
                                                                "http://{{variables.host}}/{{environment}}/{{version}}?n={{namespace}}")
                                                        .setSuccessCondition("status == 200"))
                                        .build()));
        String promotion = good();
        assertThat(onlyRun(promotion).getSamples(0).getRequest())
                .isEqualTo("GET http://web:8080/staging/1.0.0?n=staging");
    }

    @Test
    void aVariableThatIsMissingIsNamed() {
        lab.nouns()
                .verifications(
                        Map.of(
                                "smoke",
                                Verification.newBuilder()
                                        .setHttp(
                                                HttpMeasurement.newBuilder()
                                                        .setUrl("http://{{variables.host}}/")
                                                        .setSuccessCondition("status == 200"))
                                        .build()));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        holds(promotion);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("projects/shop/environments/staging has no variable \"host\"");
    }

    @Test
    void nomadsOwnChecksDecideWhereTheyFail() {
        lab.nouns()
                .verifications(
                        Map.of(
                                "health",
                                Verification.newBuilder()
                                        .setNomad(NomadMeasurement.getDefaultInstance())
                                        .build()));
        nomad.tasks().checking(one -> one.jobVersion() == 1 ? "failure" : "success");
        good();
        String bad = lab.promote(release("1.1.0", "two"), TestNouns.STAGING);
        reaches(bad, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(bad).getStateMessage())
                .contains("checks_failing == 0 is false")
                .contains("checks_failing = 2");
    }

    @Test
    void aBatchJobIsRunOnceAlthoughTheAnswerToItsRegistrationWasLost() {
        lab.nouns().verifications(Map.of("smoke", batch()));
        batches(Workload.HEALTHY);
        nomad.faults().next("register", Fault.NONE);
        nomad.faults().next("register", Fault.LOST_REPLY);
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(onlyRun(promotion).getSamplesList())
                .singleElement()
                .extracting(Sample::getMessage)
                .asString()
                .endsWith("ended with exit code 0");
        assertThat(batches()).hasSize(1);
    }

    @Test
    void aBatchJobThatDoesNotEndIsStoppedInTime() {
        lab.nouns().verifications(Map.of("smoke", batch()));
        batches(new Workload.NeverStarts());
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("did not end within 60 s and was stopped");
        assertThat(nomad.job("staging", batches().getFirst()).orElseThrow().stopped()).isTrue();
    }

    @Test
    void cancellingStopsTheBatchJobThatMeasures() {
        lab.nouns().verifications(Map.of("smoke", batch()));
        batches(new Workload.NeverStarts());
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> !batches().isEmpty());
        lab.call(
                "CancelPromotion",
                PromotionLab.OWNER,
                CancelPromotionRequest.newBuilder().setName(promotion).setReason("no").build());
        reaches(promotion, Promotion.State.CANCELLED);
        assertThat(nomad.job("staging", batches().getFirst()).orElseThrow().stopped()).isTrue();
    }

    @Test
    void whatIsNoBatchJobIsRefusedWithTheReason() {
        lab.nouns()
                .verifications(
                        Map.of(
                                "smoke",
                                Verification.newBuilder()
                                        .setJob(
                                                JobMeasurement.newBuilder()
                                                        .setJobspec(
                                                                TestJobs.service("smoke")
                                                                        .json()
                                                                        .toString()))
                                        .build()));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        holds(promotion);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("job.jobspec", "only a job of type \"batch\"");
    }

    private static Verification batch() {
        return Verification.newBuilder()
                .setJob(
                        JobMeasurement.newBuilder()
                                .setJobspec(TestJobs.service("smoke").batch().json().toString())
                                .setTimeout(
                                        com.google.protobuf.Duration.newBuilder().setSeconds(60)))
                .build();
    }

    /** On the simulated Nomad a batch job that runs is one that ends well. */
    private void batches(Workload batch) {
        nomad.workloads((job, group) ->
                job.path("Type").asText().equals("batch") ? batch : Workload.HEALTHY);
    }

    private List<String> batches() {
        return nomad.registrations().stream()
                .map(SimulatedNomad.Registered::jobId)
                .filter(id -> id.startsWith("drover-verify-smoke-"))
                .toList();
    }

    @Test
    void aQueryThatYieldsSeveralSeriesForOneValueIsToldWithTheWayOut() {
        lab.nouns().verifications(Map.of("errors", metric()));
        outbound.answering(request ->
                ScriptedOutbound.received(
                        200,
                        vector(
                                "{\"metric\":{\"a\":\"1\"},\"value\":[1,\"0\"]},"
                                        + "{\"metric\":{\"a\":\"2\"},\"value\":[1,\"0\"]}")));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        holds(promotion);
        assertThat(lab.promotion(promotion).getStateMessage())
                .contains("prometheus.query yields 2 series")
                .contains("sum()");
    }

    @Test
    void aLabelThatIsNotThereIsNamed() {
        Verification labelled =
                Verification.newBuilder()
                        .setPrometheus(
                                metric().getPrometheus().toBuilder()
                                        .setSuccessCondition(
                                                "series.all(s, s.labels['zone'] != '')"))
                        .setConsecutiveErrorLimit(0)
                        .build();
        lab.nouns().verifications(Map.of("errors", labelled));
        outbound.answering(request ->
                ScriptedOutbound.received(
                        200, vector("{\"metric\":{\"region\":\"x\"},\"value\":[1,\"0\"]}")));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        holds(promotion);
        assertThat(lab.promotion(promotion).getStateMessage()).contains("has no key \"zone\"");
    }

    @Test
    void metricsThatCannotBeAskedForAreTriedAgain() {
        lab.nouns().verifications(Map.of("errors", metric()));
        outbound.answering(request -> new Outbound.Answer.Failed("prometheus:9090: refused"));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        engine.until(LONG, () -> samples(promotion) == 3);
        outbound.answering(request ->
                ScriptedOutbound.received(200, vector("{\"metric\":{},\"value\":[1,\"0\"]}")));
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(onlyRun(promotion).getSamplesList())
                .extracting(Sample::getResult)
                .containsExactly(
                        Sample.Result.ERROR,
                        Sample.Result.ERROR,
                        Sample.Result.ERROR,
                        Sample.Result.SUCCESS);
    }

    @Test
    void allocationsOfTheNewVersionStandInTheQuery() {
        lab.nouns().verifications(Map.of("errors", metric()));
        outbound.answering(request ->
                ScriptedOutbound.received(200, vector("{\"metric\":{},\"value\":[1,\"0\"]}")));
        String promotion = lab.promote(release("1.0.0", "one"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        String ids =
                nomad.allocations("staging", "web").stream()
                        .map(Allocation::id)
                        .sorted()
                        .reduce((one, other) -> one + "|" + other)
                        .orElseThrow();
        assertThat(onlyRun(promotion).getSamples(0).getRequest())
                .isEqualTo("sum(errors{alloc_id=~\"" + ids + "\"})");
    }

    private static Verification metric() {
        return Verification.newBuilder()
                .setPrometheus(
                        PrometheusMeasurement.newBuilder()
                                .setAddress("http://prometheus:9090")
                                .setQuery("sum(errors{alloc_id=~\"{{allocations}}\"})")
                                .setSuccessCondition("value < 0.01"))
                .build();
    }

    private static String vector(String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + result
                + "]}}";
    }

    private ReleaseHistory history(String promotion) {
        return new PromotionHistory(lab.files().store())
                .of(lab.promotion(promotion).getRelease(), List.of(TestNouns.STAGING))
                .getOrDefault(TestNouns.STAGING, ReleaseHistory.NONE);
    }

    private VerificationRun onlyRun(String promotion) {
        assertThat(lab.promotion(promotion).getVerificationRunsList()).hasSize(1);
        return lab.promotion(promotion).getVerificationRuns(0);
    }

    private int samples(String promotion) {
        return lab.promotion(promotion).getVerificationRunsList().stream()
                .mapToInt(VerificationRun::getSamplesCount)
                .sum();
    }

    private List<String> audit(String promotion) {
        return lab.files().store().entries(0, 1000).stream()
                .map(AuditRecord::event)
                .filter(event -> event.resource().equals(promotion))
                .map(event -> event.action())
                .toList();
    }

    private void holds(String promotion) {
        engine.until(
                LONG,
                () ->
                        lab.promotion(promotion)
                                .getStateMessage()
                                .startsWith("waits for a person until"));
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }

    private String release(String id, String value) {
        return lab.nouns()
                .release(
                        id,
                        Map.of(
                                "web",
                                TestJobs.service("web")
                                        .count(2)
                                        .minHealthy(Duration.ofSeconds(1))
                                        .checked()
                                        .release(value)
                                        .json()));
    }
}
