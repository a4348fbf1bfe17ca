package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows a failure, as the strategy declares it, on a real store and a simulated Nomad. */
class FailureFlowTest {
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
        lab.nouns().declare("staging", "prod", Map.of("web", 0)).strategy(on("HOLD"));
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void heldPromotionLeavesAllAsItIsAndKeepsItsLaneUntilSomebodyDecides() {
        String held = held();
        int registrations = nomad.registrations().size();
        String next = lab.promote(release("3", "three"), TestNouns.STAGING);
        reaches(next, Promotion.State.QUEUED);
        pass(Duration.ofHours(5));
        assertThat(lab.promotion(held).getState()).isEqualTo(Promotion.State.HELD);
        assertThat(lab.promotion(held).getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(lab.promotion(held).getStateMessage())
                .contains("Exit Code: 1")
                .contains("held for a person since 2026-")
                .contains(" 5 h: retry, abort (brings back 1), or cancel");
        assertThat(lab.promotion(held).hasEndTime()).isFalse();
        assertThat(lab.promotion(next).getState()).isEqualTo(Promotion.State.QUEUED);
        assertThat(nomad.registrations()).hasSize(registrations);
        EnvironmentState state = lab.states(TestNouns.STAGING);
        assertThat(state.getActivePromotion()).isEqualTo(held);
        assertThat(state.getActiveState()).isEqualTo(Promotion.State.HELD);
        assertThat(state.getCondition()).isEqualTo(EnvironmentState.Condition.UNDECIDED);
        assertThat(state.getConditionMessage()).contains("held for a person");
    }

    @Test
    void heldPromotionThatIsAbortedBringsBackWhatRanBefore() {
        String held = held();
        String next = lab.promote(release("3", "three"), TestNouns.STAGING);
        call(
                "AbortPromotion",
                AbortPromotionRequest.newBuilder().setName(held).setReason("enough").build());
        reaches(held, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(held).getStateMessage())
                .contains("aborted by serviceAccounts/dev: enough")
                .contains("releases/1 runs again");
        assertThat(lab.promotion(held).getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        Promotion rollback = lab.promotion(lab.promotion(held).getRolledBackBy());
        assertThat(rollback.getRollbackOf()).isEqualTo(held);
        reaches(next, Promotion.State.SUCCEEDED);
    }

    @Test
    void heldPromotionThatIsCancelledLeavesAllAsItIsAndTheLaneGoesOn() {
        String held = held();
        int registrations = nomad.registrations().size();
        lab.cancel(held);
        assertThat(lab.promotion(held).getState()).isEqualTo(Promotion.State.FAILED);
        assertThat(lab.promotion(held).getStateMessage())
                .contains("given up by serviceAccounts/dev: stop")
                .endsWith("changed and left as they are: web");
        engine.round();
        assertThat(nomad.registrations()).hasSize(registrations);
        String next = lab.promote(release("3", "three"), TestNouns.STAGING);
        reaches(next, Promotion.State.SUCCEEDED);
    }

    @Test
    void heldPromotionThatIsTriedAgainEndsByThat() {
        String held = held();
        nomad.workloads((job, group) -> Workload.HEALTHY);
        Promotion retry =
                call("RetryPromotion", RetryPromotionRequest.newBuilder().setName(held).build());
        assertThat(retry.getRetryOf()).isEqualTo(held);
        assertThat(lab.promotion(held).getState()).isEqualTo(Promotion.State.FAILED);
        assertThat(lab.promotion(held).getStateMessage())
                .contains("tried again by serviceAccounts/dev as " + retry.getName());
        reaches(retry.getName(), Promotion.State.SUCCEEDED);
    }

    @Test
    void rollbackTakesThePlaceOfAHeldPromotionOnceItIsApproved() {
        String held = held();
        lab.nouns().approvals(1, "owners", 1, "staging");
        Promotion refused = call("RollbackApplication", rollback());
        reaches(refused.getName(), Promotion.State.PENDING_APPROVAL);
        assertThat(lab.promotion(held).getState()).isEqualTo(Promotion.State.VERIFYING);
        lab.call(
                "RejectPromotion",
                PromotionLab.OWNER,
                RejectPromotionRequest.newBuilder()
                        .setName(refused.getName())
                        .setReason("wait")
                        .build());
        reaches(held, Promotion.State.HELD);
        assertThat(lab.promotion(held).getStateMessage()).contains("ended REJECTED");
        assertThat(lab.promotion(held).getRolledBackBy()).isEmpty();

        Promotion rollback = call("RollbackApplication", rollback());
        reaches(rollback.getName(), Promotion.State.PENDING_APPROVAL);
        lab.call(
                "ApprovePromotion",
                PromotionLab.OWNER,
                ApprovePromotionRequest.newBuilder()
                        .setName(rollback.getName())
                        .setEtag(lab.etag(rollback.getName()))
                        .setPlanDigest(lab.promotion(rollback.getName()).getPlan().getDigest())
                        .build());
        reaches(held, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(held).getRolledBackBy()).isEqualTo(rollback.getName());
        assertThat(lab.promotion(rollback.getName()).getRollbackOf()).isEqualTo(held);
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("/1");
        assertThat(lab.states(TestNouns.STAGING).getActivePromotion()).isEmpty();
    }

    @Test
    void firstReleaseThatIsHeldCannotBeAborted() {
        String held = promote("bad", "exit 1 # crashing", Promotion.State.HELD);
        assertThat(lab.promotion(held).getStateMessage()).contains("abort is not possible");
        assertThatThrownBy(() ->
                        call(
                                "AbortPromotion",
                                AbortPromotionRequest.newBuilder()
                                        .setName(held)
                                        .setReason("enough")
                                        .build()))
                .hasMessageContaining("nothing succeeded here before");
        assertThatThrownBy(() -> lab.advance(held)).hasMessageContaining("is HELD");
    }

    @Test
    void haltedPromotionEndsAndTheLaneGoesOn() {
        lab.nouns().strategy(on("HALT"));
        promote("1", "one", Promotion.State.SUCCEEDED);
        String failed = promote("2", "exit 1 # crashing", Promotion.State.FAILED);
        assertThat(lab.promotion(failed).getStateMessage())
                .contains("not rolled back; changed and left as they are: web");
        assertThat(lab.promotion(failed).getPlan().getStepsList())
                .last()
                .isEqualTo("if a job fails: stop and leave it as it is");
        assertThat(lab.states(TestNouns.STAGING).getCondition())
                .isEqualTo(EnvironmentState.Condition.LEFT);
        promote("3", "three", Promotion.State.SUCCEEDED);
        assertThat(lab.states(TestNouns.STAGING).getCondition())
                .isEqualTo(EnvironmentState.Condition.INTACT);
    }

    @Test
    void rollbackThatFailsIsToldWhereverSomebodyMayLook() {
        assertThat(lab.states(TestNouns.STAGING).getCondition())
                .isEqualTo(EnvironmentState.Condition.EMPTY);
        lab.nouns().strategy(on("ROLLBACK"));
        promote("1", "one", Promotion.State.SUCCEEDED);
        nomad.workloads((job, group) -> Workload.CRASHING);
        String failed = promote("2", "two", Promotion.State.FAILED);
        assertThat(lab.promotion(failed).getFailureCause()).isEqualTo(FailureCause.ROLLBACK_FAILED);
        Promotion rollback = lab.promotion(lab.promotion(failed).getRolledBackBy());
        assertThat(rollback.getState()).isEqualTo(Promotion.State.FAILED);
        assertThat(rollback.getRolledBackBy()).isEmpty();
        int registrations = nomad.registrations().size();
        pass(Duration.ofHours(1));
        assertThat(nomad.registrations()).hasSize(registrations);
        EnvironmentState state = lab.states(TestNouns.STAGING);
        assertThat(state.getCondition()).isEqualTo(EnvironmentState.Condition.ROLLBACK_FAILED);
        assertThat(state.getConditionMessage()).contains("the rollback", "ended FAILED");
        assertThat(state.getActivePromotion()).isEmpty();
    }

    @Test
    void whatFailedWithTheSameSpecificationIsNotBroughtBack() {
        lab.nouns().strategy(on("ROLLBACK"));
        promote("1", "one", Promotion.State.SUCCEEDED);
        nomad.stop("staging", "web", true);
        nomad.workloads((job, group) -> Workload.CRASHING);
        int before = nomad.registrations().size();
        String failed = lab.promote(release("1b", "one"), TestNouns.STAGING);
        reaches(failed, Promotion.State.FAILED);
        assertThat(lab.promotion(failed).getStateMessage())
                .contains("since what ran before is the same specification");
        assertThat(lab.promotion(failed).getRolledBackBy()).isEmpty();
        assertThat(nomad.registrations()).hasSize(before + 1);
    }

    private String held() {
        promote("1", "one", Promotion.State.SUCCEEDED);
        String held = promote("2", "exit 1 # crashing", Promotion.State.HELD);
        assertThat(lab.promotion(held).getPlan().getStepsList())
                .last()
                .asString()
                .contains("hold the lane until a person");
        return held;
    }

    private String promote(String release, String value, Promotion.State state) {
        String promotion = lab.promote(release(release, value), TestNouns.STAGING);
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

    private Promotion call(String method, Message request) {
        return (Promotion) lab.call(method, PromotionLab.DEVELOPER, request);
    }

    private static RollbackApplicationRequest rollback() {
        return RollbackApplicationRequest.newBuilder()
                .setName(TestNouns.APPLICATION)
                .setEnvironment(TestNouns.STAGING)
                .setReason("enough")
                .build();
    }

    private static Strategy on(String failure) {
        return Strategy.newBuilder().setOnFailure(Strategy.OnFailure.valueOf(failure)).build();
    }

    private String release(String id, String value) {
        TestJobs web = TestJobs.service("web").count(2).minHealthy(Duration.ofSeconds(1));
        web.release(value);
        if (value.startsWith("exit")) {
            web.script(value);
        }
        return lab.nouns().release(id, Map.of("web", web.json()));
    }
}
