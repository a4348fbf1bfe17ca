package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.verification.Outbound;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.Promotion;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import dev.drover.v1.WorseDirection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifications at the steps of a rollout, on a real store and a simulated Nomad. */
class StepVerificationTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final ScriptedOutbound outbound = new ScriptedOutbound();
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        lab.outbound(outbound);
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        reaches(lab.promote(release("1"), TestNouns.STAGING), Promotion.State.SUCCEEDED);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void canariesAreMeasuredBeforeTheRestIsReplaced() {
        strategy(canary("errors", errors()));
        values("0");
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        at(promotion, "canary-25-verify");
        assertThat(serving(1)).isEqualTo(1);
        assertThat(serving(0)).isEqualTo(4);
        reaches(promotion, Promotion.State.SUCCEEDED);
        VerificationRun run = onlyRun(promotion);
        assertThat(run.getPhase()).isEqualTo("web/canary-25-verify");
        assertThat(run.getState()).isEqualTo(VerificationRun.State.PASSED);
        assertThat(run.getSamplesList()).hasSize(3);
        // One id: that of the canary.
        assertThat(run.getSamples(0).getRequest()).startsWith("errors{").doesNotContain("|");
        assertThat(lab.promotion(promotion).getPlan().getStepsList())
                .anySatisfy(step -> assertThat(step).contains("measure errors; all must pass"));
    }

    @Test
    void canariesThatMeasureBadlyAreTakenBackBeforeAnythingElseIsReplaced() {
        strategy(canary("errors", errors()));
        values("0.5");
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        Promotion failed = lab.promotion(promotion);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.VERIFICATION_FAILED);
        assertThat(failed.getStateMessage()).contains("errors: 1 of 3 failed", "value < 0.01");
        assertThat(phase(failed, "stable").getState()).isEqualTo(Phase.State.ABORTED);
        assertThat(nomad.allocations("staging", "web"))
                .filteredOn(one -> one.jobVersion() == 1)
                .hasSize(1);
    }

    @Test
    void aStepThatCannotBeToldWaitsForAPersonAndGoesOn() {
        strategy(canary("errors", errors()));
        outbound.answering(request -> ScriptedOutbound.received(200, reply("vector", "")));
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        engine.until(
                LONG,
                () -> lab.promotion(promotion).getStateMessage().contains("waits for a person"));
        lab.call(
                "AdvancePromotion",
                PromotionLab.OWNER,
                AdvancePromotionRequest.newBuilder().setName(promotion).build());
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(onlyRun(promotion).getAcceptedBy()).isEqualTo("serviceAccounts/owner");
    }

    @Test
    void aStepWithoutAVerdictForADayIsTakenBack() {
        strategy(
                canary(
                        "errors",
                        errors().toBuilder()
                                .setHoldLimit(
                                        com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(72 * 3600))
                                .build()));
        outbound.answering(request -> ScriptedOutbound.received(200, reply("vector", "")));
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        engine.until(
                LONG,
                () -> lab.promotion(promotion).getStateMessage().contains("waits for a person"));
        time.advance(Duration.ofHours(24));
        reaches(promotion, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.VERIFICATION_INCONCLUSIVE);
    }

    @Test
    void aNewSetIsMeasuredBesideTheOldOneBeforeTheSwitch() {
        String errors = lab.nouns().verification("errors", errors());
        lab.nouns()
                .strategy(
                        Strategy.newBuilder()
                                .setBlueGreen(
                                        BlueGreenStrategy.newBuilder().addVerifications(errors))
                                .build());
        values("0");
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        at(promotion, "green-verify");
        assertThat(serving(0)).isEqualTo(4);
        assertThat(serving(1)).isEqualTo(4);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(serving(0)).isZero();
    }

    @Test
    void aCanaryIsComparedWithThoseThatRunBesideIt() {
        strategy(canary("slower", comparison()));
        outbound.answering(this::slowCanary);
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        VerificationRun run = onlyRun(promotion);
        assertThat(run.getSamples(0).getValuesMap())
                .containsEntry("ratio", "10.0")
                .containsKey("p_value");
    }

    @Test
    void fewerValuesThanAskedForAreNoVerdict() {
        strategy(canary("slower", comparison()));
        outbound.answering(
                request -> ScriptedOutbound.received(200, reply("matrix", series("a", 5, 1))));
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        engine.until(
                LONG,
                () ->
                        lab.promotion(promotion)
                                .getStateMessage()
                                .contains(
                                        "too few values: 5 of the new and 5 of the old"
                                                + " allocations, 10 of each are needed"));
    }

    private Outbound.Answer slowCanary(Outbound.Request request) {
        String query = URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
        boolean canary =
                nomad.allocations("staging", "web").stream()
                        .filter(one -> one.jobVersion() == 1)
                        .anyMatch(one -> query.contains(one.id()));
        return ScriptedOutbound.received(
                200, reply("matrix", series("a", 20, canary ? 1000 : 100)));
    }

    private static String series(String alloc, int count, int value) {
        String points =
                IntStream.range(0, count)
                        .mapToObj(i -> "[" + i + ",\"" + value + "\"]")
                        .collect(Collectors.joining(","));
        return "{\"metric\":{\"alloc_id\":\"" + alloc + "\"},\"values\":[" + points + "]}";
    }

    private void values(String value) {
        outbound.answering(request ->
                ScriptedOutbound.received(
                        200, reply("vector", "{\"metric\":{},\"value\":[1,\"" + value + "\"]}")));
    }

    private static String reply(String type, String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":[%s]}}"
                .formatted(type, result);
    }

    private static Verification errors() {
        return Verification.newBuilder()
                .setPrometheus(
                        PrometheusMeasurement.newBuilder()
                                .setAddress("http://prometheus:9090")
                                .setQuery("errors{alloc_id=~\"{{allocations}}\"}")
                                .setSuccessCondition("value < 0.01"))
                .setMeasurements(3)
                .build();
    }

    private static Verification comparison() {
        return Verification.newBuilder()
                .setComparison(
                        ComparisonMeasurement.newBuilder()
                                .setAddress("http://prometheus:9090")
                                .setQuery("latency{alloc_id=~\"{{allocations}}\"}")
                                .setRange(
                                        QueryRange.newBuilder()
                                                .setDuration(seconds(60))
                                                .setStep(seconds(1)))
                                .setWorse(WorseDirection.HIGHER)
                                .setFailureCondition("p_value < 0.01 && ratio > 1.2"))
                .build();
    }

    private static com.google.protobuf.Duration seconds(long seconds) {
        return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
    }

    private Strategy canary(String id, Verification declared) {
        return Strategy.newBuilder()
                .setCanary(
                        CanaryStrategy.newBuilder()
                                .addSteps(
                                        CanaryStep.newBuilder()
                                                .setPercent(25)
                                                .addVerifications(
                                                        lab.nouns().verification(id, declared))))
                .build();
    }

    private void strategy(Strategy strategy) {
        lab.nouns().strategy(strategy);
    }

    private static Phase phase(Promotion promotion, String id) {
        return promotion.getRollout().getPhasesList().stream()
                .filter(one -> one.getPlanned().getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void at(String promotion, String id) {
        engine.until(
                LONG,
                () ->
                        lab.promotion(promotion).getRollout().getPhasesList().stream()
                                .anyMatch(one ->
                                        one.getPlanned().getId().equals(id)
                                                && one.getState() == Phase.State.RUNNING));
    }

    private long serving(long version) {
        return nomad.allocations("staging", "web").stream()
                .filter(one -> one.jobVersion() == version)
                .filter(Allocation::serving)
                .count();
    }

    private VerificationRun onlyRun(String promotion) {
        List<VerificationRun> runs = lab.promotion(promotion).getVerificationRunsList();
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }

    private String release(String id) {
        return lab.nouns()
                .release(
                        id,
                        Map.of(
                                "web",
                                Strategies.withoutDeadline(
                                        TestJobs.service("web")
                                                .count(4)
                                                .minHealthy(Duration.ofSeconds(1))
                                                .release(id))));
    }
}
