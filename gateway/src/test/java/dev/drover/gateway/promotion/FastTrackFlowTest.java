package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.FastTrack;
import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rollbacks pass rules that are not met, on a real store and a simulated Nomad. */
class FastTrackFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);
    private long revision;

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void rollbackByAPersonSkipsApprovalWithinTheBoundsAndExplainTellsIt() {
        promote("1", "one", Promotion.State.SUCCEEDED);
        promote("2", "two", Promotion.State.SUCCEEDED);
        promote("3", "three", Promotion.State.SUCCEEDED);
        policy(
                approval(
                        FastTrack.newBuilder()
                                .setPasses(FastTrack.Passes.ALL)
                                .setMaxAge(Durations.fromHours(1))));
        Promotion tooFar = ask("1");
        reaches(tooFar.getName(), Promotion.State.PENDING_APPROVAL);
        assertThat(lab.promotion(tooFar.getName()).getStateMessage())
                .contains("goes back by 2 releases, and 1 is the most");
        lab.cancel(tooFar.getName());

        Promotion rollback = ask("2");
        reaches(rollback.getName(), Promotion.State.SUCCEEDED);
        assertThat(lab.promotion(rollback.getName()).getApprovalsList()).isEmpty();
        ExplainPromotionResponse explained =
                (ExplainPromotionResponse)
                        lab.call(
                                "ExplainPromotion",
                                PromotionLab.DEVELOPER,
                                ExplainPromotionRequest.newBuilder()
                                        .setName(rollback.getName())
                                        .build());
        assertThat(explained.getDecision().getRulesList())
                .extracting(RuleVerdict::getFastTrack)
                .anyMatch(used -> used.startsWith("a rollback by 1 release, to what ran here"));

        promote("4", "four", Promotion.State.PENDING_APPROVAL);
        pass(Duration.ofHours(2));
        promote("5", "five", Promotion.State.PENDING_APPROVAL);
        Promotion tooOld = ask("3");
        reaches(tooOld.getName(), Promotion.State.PENDING_APPROVAL);
        assertThat(lab.promotion(tooOld.getName()).getStateMessage())
                .contains("longer ago than 3600s");
    }

    @Test
    void freezeHoldsTheRollbackThatFollowsAFailureAndApprovalDoesNot() {
        promote("1", "one", Promotion.State.SUCCEEDED);
        policy(approval(FastTrack.newBuilder()));
        String failing = promote("2", "exit 1 # crashing", Promotion.State.PENDING_APPROVAL);
        lab.approve(failing, PromotionLab.OWNER);
        reaches(failing, Promotion.State.RUNNING);
        policy(
                approval(FastTrack.newBuilder()),
                Rule.newBuilder()
                        .setId("freeze")
                        .setExpression(ExpressionRule.newBuilder().setExpression("false"))
                        .setFastTrack(FastTrack.newBuilder().setPasses(FastTrack.Passes.NONE))
                        .build());
        engine.until(LONG, () -> !lab.promotion(failing).getRolledBackBy().isEmpty());
        String rollback = lab.promotion(failing).getRolledBackBy();
        reaches(rollback, Promotion.State.BLOCKED);
        assertThat(lab.promotion(rollback).getStateMessage())
                .contains("freeze")
                .contains("the rule holds every rollback")
                .doesNotContain("approval");
        pass(Duration.ofMinutes(10));
        assertThat(lab.promotion(failing).getState()).isEqualTo(Promotion.State.VERIFYING);
        assertThat(lab.promotion(failing).getStateMessage())
                .contains(rollback + " brings back ", ", but is BLOCKED: ", "freeze");
        policy(approval(FastTrack.newBuilder()));
        reaches(failing, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(rollback).getDecision().getRulesList())
                .extracting(RuleVerdict::getFastTrack)
                .contains("a rollback that follows a failure");
    }

    private void policy(Rule... rules) {
        lab.nouns()
                .put(
                        "policies/shop",
                        Policy.newBuilder()
                                .setName("policies/shop")
                                .setRevision(++revision)
                                .addAllRules(List.of(rules))
                                .build());
    }

    private static Rule approval(FastTrack.Builder track) {
        return Rule.newBuilder()
                .setId("people")
                .setApproval(ApprovalRule.newBuilder().setCount(1).addGroups("owners"))
                .setFastTrack(track)
                .build();
    }

    private Promotion ask(String release) {
        return (Promotion)
                lab.call(
                        "RollbackApplication",
                        PromotionLab.DEVELOPER,
                        RollbackApplicationRequest.newBuilder()
                                .setName(TestNouns.APPLICATION)
                                .setEnvironment(TestNouns.STAGING)
                                .setRelease(TestNouns.APPLICATION + "/releases/" + release)
                                .setReason("a hunch")
                                .build());
    }

    private String promote(String release, String value, Promotion.State state) {
        TestJobs web = TestJobs.service("web").minHealthy(Duration.ofSeconds(1)).release(value);
        if (value.startsWith("exit")) {
            web.script(value);
        }
        String promotion =
                lab.promote(
                        lab.nouns().release(release, Map.of("web", web.json())), TestNouns.STAGING);
        reaches(promotion, state);
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
}
