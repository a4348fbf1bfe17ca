package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.Approval;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.PlannedVerification;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured is what people saw in the plan. */
class PlannedVerificationTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String SMOKE = TestNouns.PROJECT + "/verifications/smoke";

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
        outbound.status(200);
        reaches(lab.promote(release("1"), TestNouns.STAGING), Promotion.State.SUCCEEDED);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void planTellsWhatIsMeasuredWhenAndWhatDecides() {
        String ready = lab.nouns().verification("ready", declared("/ready", 2));
        lab.nouns()
                .strategy(canary(ready))
                .verifications(Map.of("smoke", declared("/smoke", 1)), "staging")
                .verifications(Map.of("other", declared("/other", 1)), "prod");
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.SUCCEEDED);
        assertThat(lab.promotion(promotion).getPlan().getVerificationsList())
                .extracting(PlannedVerification::getPhase)
                .containsExactly("web/canary-50-verify", "");
        assertThat(lab.promotion(promotion).getPlan().getStepsList())
                .contains(
                        "wave 0: job \"web\", canary-50-verify: ready: GET http://web.example/ready;"
                                + " yes where `status == 200`; 2 times, every 10s; inconclusive waits 24h for a person",
                        "after the rollout: verification smoke: GET http://web.example/smoke;"
                                + " yes where `status == 200`; once; inconclusive waits 24h for a person",
                        "if a job or a verification fails: roll back to the last good release by itself");
    }

    @Test
    void verificationThatIsEditedAfterAnApprovalVoidsIt() {
        lab.nouns()
                .verifications(Map.of("smoke", declared("/smoke", 3)))
                .approvals(2, "owners", 1, "staging");
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.PENDING_APPROVAL);
        String digest = lab.promotion(promotion).getPlan().getDigest();
        lab.approve(promotion, PromotionLab.OWNER);
        lab.nouns().verification("smoke", declared("/anything", 1));
        engine.until(LONG, () -> !lab.promotion(promotion).getPlan().getDigest().equals(digest));
        assertThat(lab.promotion(promotion).getApprovals(0).getState())
                .isEqualTo(Approval.State.VOIDED);
        assertThat(lab.promotion(promotion).getPlan().getInputsMap()).containsKey(SMOKE);
        reaches(promotion, Promotion.State.PENDING_APPROVAL);
        assertThat(lab.promotion(promotion).getPlan().getStepsList())
                .anySatisfy(step -> assertThat(step).contains("/anything"));
    }

    @Test
    void verificationThatIsEditedDuringTheRolloutIsMeasuredAsItWasPlanned() {
        lab.nouns().verifications(Map.of("smoke", declared("/smoke", 3)));
        String promotion = lab.promote(release("2"), TestNouns.STAGING);
        reaches(promotion, Promotion.State.RUNNING);
        lab.nouns().verification("smoke", declared("/anything", 1));
        reaches(promotion, Promotion.State.SUCCEEDED);
        VerificationRun run = lab.promotion(promotion).getVerificationRuns(0);
        assertThat(run.getSamplesList()).hasSize(3);
        assertThat(run.getSamples(0).getRequest()).isEqualTo("GET http://web.example/smoke");
    }

    private static Strategy canary(String verification) {
        return Strategy.newBuilder()
                .setCanary(
                        CanaryStrategy.newBuilder()
                                .addSteps(
                                        CanaryStep.newBuilder()
                                                .setPercent(50)
                                                .addVerifications(verification)))
                .build();
    }

    private static Verification declared(String path, int measurements) {
        return Verification.newBuilder()
                .setHttp(
                        HttpMeasurement.newBuilder()
                                .setUrl("http://web.example" + path)
                                .setSuccessCondition("status == 200"))
                .setMeasurements(measurements)
                .build();
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
                                                .count(2)
                                                .minHealthy(Duration.ofSeconds(1))
                                                .release(id))));
    }
}
