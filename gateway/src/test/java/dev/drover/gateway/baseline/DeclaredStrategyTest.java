package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.ScaleBounds;
import dev.drover.v1.Strategy;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The gateway refuses strategies, waves and bounds that cannot be meant, by field of the request.
 */
class DeclaredStrategyTest {
    private static final String HERE =
            ".canary.steps[1].percent: 10 does not go beyond the 50 of the step before";

    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.createSamples();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void percentagesThatDoNotAscendAreRefusedWhereverAStrategyStands() {
        Application.Builder application = application();
        application.putStageStrategies("prod", descending()).setStrategy(descending());
        application.getJobsBuilder(0).setStrategy(descending());
        assertThat(refused("projects/shop/applications/web", application.build()))
                .hasMessageContaining("application.strategy" + HERE)
                .hasMessageContaining("application.stage_strategies[\"prod\"]" + HERE)
                .hasMessageContaining("application.jobs[0].strategy" + HERE);
        Pipeline.Builder pipeline =
                sample("projects/shop/pipelines/main", Pipeline.class).toBuilder();
        pipeline.getStagesBuilder(0).setStrategy(descending());
        assertThat(refused("projects/shop/pipelines/main", pipeline.build()))
                .hasMessageContaining("pipeline.stages[0].strategy" + HERE);
        Environment.Builder environment =
                sample("projects/shop/environments/prod", Environment.class).toBuilder();
        environment.setDefaultStrategy(descending());
        assertThat(refused("projects/shop/environments/prod", environment.build()))
                .hasMessageContaining("environment.default_strategy" + HERE);
    }

    @Test
    void waveWithoutJobsIsRefused() {
        Application.Builder application =
                application().addJobs(ApplicationJob.newBuilder().setId("db").setWave(2));
        assertThat(refused("projects/shop/applications/web", application.build()))
                .hasMessageContaining(
                        "application.jobs[1].wave: 2 follows 0, and wave 1 has no jobs");
    }

    @Test
    void boundsThatAllowNoCountAreRefused() {
        Application.Builder application = application();
        application
                .getJobsBuilder(0)
                .putScaleBounds("web", ScaleBounds.newBuilder().setMin(4).setMax(2).build());
        assertThat(refused("projects/shop/applications/web", application.build()))
                .hasMessageContaining(
                        "application.jobs[0].scale_bounds[\"web\"].max: 2 is below min");
    }

    private GatewayException refused(String name, Message noun) {
        Message changed =
                noun.toBuilder()
                        .setField(noun.getDescriptorForType().findFieldByName("name"), name)
                        .build();
        GatewayException refusal = baseline.refusal(baseline.updateRequest(changed, "*"));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        return refusal;
    }

    private static Application.Builder application() {
        return sample("projects/shop/applications/web", Application.class).toBuilder();
    }

    private static <M extends Message> M sample(String name, Class<M> type) {
        return type.cast(Objects.requireNonNull(Samples.ALL.get(name)));
    }

    private static Strategy descending() {
        return Strategy.newBuilder()
                .setCanary(
                        CanaryStrategy.newBuilder()
                                .addSteps(CanaryStep.newBuilder().setPercent(50))
                                .addSteps(CanaryStep.newBuilder().setPercent(10)))
                .build();
    }
}
