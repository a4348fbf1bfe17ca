package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.EnvironmentExplanation;
import dev.drover.v1.ExplainReleaseRequest;
import dev.drover.v1.ExplainReleaseResponse;
import dev.drover.v1.Promotion;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainReleaseFlowTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private boolean silent;
    private final PromotionLab lab =
            new PromotionLab(name -> cluster(), time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private NomadCluster cluster() {
        if (silent) {
            throw new GatewayException(
                    Reason.NOMAD_UNREACHABLE, "clusters/test does not answer", ErrorDetails.NONE);
        }
        return nomad;
    }

    @Test
    void eachEnvironmentOfThePipelineIsTold() {
        lab.nouns().approvals(1, "owners");
        String release =
                lab.nouns().release("1.0.0", Map.of("web", TestJobs.service("web").json()));
        List<EnvironmentExplanation> before = explain(release);
        assertThat(before)
                .extracting(EnvironmentExplanation::getEnvironment)
                .containsExactly(TestNouns.STAGING, TestNouns.PROD);
        assertThat(before.getFirst().getState()).isEqualTo(Promotion.State.QUEUED);
        assertThat(before.getLast().getState()).isEqualTo(Promotion.State.BLOCKED);
        assertThat(unmet(before.getLast())).contains("pipeline/stage-order");

        String promotion = lab.promote(release, TestNouns.STAGING);
        engine.until(
                Duration.ofMinutes(5),
                () -> lab.promotion(promotion).getState() == Promotion.State.SUCCEEDED);
        List<EnvironmentExplanation> after = explain(release);
        assertThat(after.getFirst().getRuns()).isTrue();
        assertThat(after.getFirst().hasDecision()).isFalse();
        assertThat(after.getLast().getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
        assertThat(unmet(after.getLast())).doesNotContain("pipeline/stage-order");
    }

    @Test
    void clusterThatDoesNotAnswerIsToldOfItsEnvironmentsOnly() {
        String release =
                lab.nouns().release("1.0.0", Map.of("web", TestJobs.service("web").json()));
        silent = true;
        assertThat(explain(release))
                .allSatisfy(one -> {
                    assertThat(one.getProblem()).contains("does not answer");
                    assertThat(one.getState()).isEqualTo(Promotion.State.STATE_UNSPECIFIED);
                });
    }

    @Test
    void releaseThatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> explain(TestNouns.PROJECT + "/applications/web/releases/none"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    private static List<String> unmet(EnvironmentExplanation one) {
        return one.getDecision().getRulesList().stream()
                .filter(rule -> rule.getVerdict() != Verdict.ALLOW)
                .map(RuleVerdict::getRule)
                .toList();
    }

    private List<EnvironmentExplanation> explain(String release) {
        ExplainReleaseResponse answer =
                (ExplainReleaseResponse)
                        lab.call(
                                "ExplainRelease",
                                PromotionLab.DEVELOPER,
                                ExplainReleaseRequest.newBuilder().setName(release).build());
        return answer.getEnvironmentsList();
    }
}
