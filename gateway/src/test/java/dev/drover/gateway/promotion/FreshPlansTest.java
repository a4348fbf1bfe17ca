package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan that nobody waited for is carried out as it is; every other is made anew. */
class FreshPlansTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);
    private final AtomicInteger dryRuns = new AtomicInteger();

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        nomad.faults()
                .always(call -> {
                    dryRuns.addAndGet(call.equals("plan") ? 1 : 0);
                    return Fault.NONE;
                });
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void planOfTheStepBeforeIsCarriedOut() {
        String promotion = queued();
        ends(promotion, Promotion.State.SUCCEEDED);
        assertThat(dryRuns).hasValue(1);
    }

    @Test
    void planOfAnotherBaselineIsMadeAnew() {
        String promotion = queued();
        lab.nouns().environment("staging", any -> any.putLabels("tier", "edited"));
        ends(promotion, Promotion.State.SUCCEEDED);
        assertThat(dryRuns).hasValueGreaterThan(1);
    }

    @Test
    void planThatIsSecondsOldIsMadeAnew() {
        String promotion = queued();
        time.advance(Duration.ofSeconds(6));
        ends(promotion, Promotion.State.SUCCEEDED);
        assertThat(dryRuns).hasValue(2);
    }

    @Test
    void planOfAGatewayThatDiedIsMadeAnew() {
        String promotion = queued();
        new EngineDriver(lab, time)
                .claim(time.instant().plusSeconds(1))
                .until(Duration.ofMinutes(5), () -> ended(promotion));
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(dryRuns).hasValue(2);
    }

    @Test
    void jobThatWasChangedSinceIsNotOverwritten() {
        String promotion = queued();
        nomad.register(
                "staging", TestJobs.service("web").release("theirs").json(), 0, Submission.NONE);
        ends(promotion, Promotion.State.FAILED);
        assertThat(lab.promotion(promotion).getFailureCause())
                .isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(nomad.job("staging", "web").orElseThrow().spec().toString()).contains("theirs");
    }

    /** Planned and allowed, and not looked at since. */
    private String queued() {
        String release = lab.nouns().release("1", Map.of("web", TestJobs.service("web").json()));
        String promotion = lab.promote(release, TestNouns.STAGING);
        engine.claim(time.instant().minusSeconds(60));
        while (lab.promotion(promotion).getState() != Promotion.State.QUEUED) {
            engine.tick(promotion);
        }
        return promotion;
    }

    private void ends(String promotion, Promotion.State state) {
        engine.until(Duration.ofMinutes(5), () -> ended(promotion));
        assertThat(lab.promotion(promotion).getState()).isEqualTo(state);
    }

    private boolean ended(String promotion) {
        return PromotionStates.ended(lab.promotion(promotion));
    }
}
