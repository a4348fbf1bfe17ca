package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.JobRun;
import dev.drover.v1.RecreateStrategy;
import dev.drover.v1.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strategies and jobs that cannot be meant are refused where they are declared, by field. */
class StrategyTest {
    private final Problems problems = new Problems("application");

    @Test
    void percentagesAscend() {
        assertThat(told(canary(percent(10), percent(50), percent(50))))
                .contains("application.strategy.canary.steps[2].percent")
                .contains("50 does not go beyond the 50 of the step before");
    }

    @Test
    void stepHasAPercentageOrACountAndNotBoth() {
        assertThat(told(canary(CanaryStep.getDefaultInstance())))
                .contains("canary.steps[0].percent: either percent or count is set");
        assertThat(told(canary(percent(10).toBuilder().setCount(1).build())))
                .contains("canary.steps[0].percent: either percent or count is set");
        assertThat(told(canary(percent(10), count(5)))).contains("canary.steps[1].count");
    }

    @Test
    void canariesAreCountedOrInSteps() {
        Strategy none =
                Strategy.newBuilder().setCanary(CanaryStrategy.getDefaultInstance()).build();
        assertThat(told(none)).contains("application.strategy.canary.count: is required");
        Strategy.Builder both = canary(percent(10)).toBuilder();
        both.getCanaryBuilder().setCount(1);
        assertThat(told(both.build())).contains("the short form of one step");
    }

    @Test
    void timesArePositiveAndEnd() {
        CanaryStep forEver = percent(10).toBuilder().setBake(Durations.fromDays(31)).build();
        assertThat(told(canary(forEver))).contains("canary.steps[0].bake").contains("30 days");
        Strategy back =
                Strategy.newBuilder()
                        .setRecreate(
                                RecreateStrategy.newBuilder()
                                        .setStopTimeout(Durations.fromSeconds(-1)))
                        .build();
        assertThat(told(back)).contains("recreate.stop_timeout: -1s is not between 0s and");
    }

    @Test
    void goodStrategiesAreTaken() {
        StrategyChecks.check("strategy", canary(count(1), percent(50), percent(100)), problems);
        StrategyChecks.check("strategy", Strategy.getDefaultInstance(), problems);
        assertThat(problems.none()).isTrue();
    }

    @Test
    void waveWithoutJobsIsRefused() {
        JobChecks.check(List.of(job("a", 0), job("b", 2)), problems);
        assertThat(told(problems))
                .contains("application.jobs[1].wave: 2 follows 0, and wave 1 has no jobs");
    }

    @Test
    void payloadThatNomadWouldNotTakeIsRefused() {
        JobChecks.check(
                List.of(
                        job("a", 0).toBuilder()
                                .setRun(JobRun.newBuilder().setPayload("x".repeat(17_000)))
                                .build()),
                problems);
        assertThat(told(problems)).contains("application.jobs[0].run.payload: has 17000 bytes");
    }

    private static String told(Strategy strategy) {
        Problems problems = new Problems("application");
        StrategyChecks.check("strategy", strategy, problems);
        return told(problems);
    }

    private static String told(Problems problems) {
        return catchThrowableOfType(GatewayException.class, problems::refuse).text();
    }

    private static Strategy canary(CanaryStep... steps) {
        return Strategy.newBuilder()
                .setCanary(CanaryStrategy.newBuilder().addAllSteps(List.of(steps)))
                .build();
    }

    private static CanaryStep percent(int percent) {
        return CanaryStep.newBuilder().setPercent(percent).build();
    }

    private static CanaryStep count(int count) {
        return CanaryStep.newBuilder().setCount(count).build();
    }

    private static ApplicationJob job(String id, int wave) {
        return ApplicationJob.newBuilder().setId(id).setWave(wave).build();
    }
}
