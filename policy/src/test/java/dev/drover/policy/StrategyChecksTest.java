package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Environment;
import dev.drover.v1.JobRun;
import dev.drover.v1.Pipeline;
import dev.drover.v1.RecreateStrategy;
import dev.drover.v1.ScaleBounds;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Strategies and jobs that cannot be meant are refused where they are declared, by field. */
class StrategyChecksTest {

    @Test
    void percentagesAscend() {
        assertThat(told(canary(percent(10), percent(50), percent(50))))
                .contains("strategy.canary.steps[2].percent")
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
        assertThat(told(none)).contains("strategy.canary.count: is required");
        Strategy.Builder both = canary(percent(10)).toBuilder();
        both.getCanaryBuilder().setCount(1);
        assertThat(told(both.build())).contains("the short form of one step");
    }

    @Test
    void timesArePositiveAndEnd() {
        CanaryStep forEver =
                percent(10).toBuilder()
                        .setBake(Duration.newBuilder().setSeconds(31L * 86_400).build())
                        .build();
        assertThat(told(canary(forEver))).contains("canary.steps[0].bake").contains("30 days");
        Strategy back =
                Strategy.newBuilder()
                        .setRecreate(
                                RecreateStrategy.newBuilder()
                                        .setStopTimeout(
                                                Duration.newBuilder().setSeconds(-1).build()))
                        .build();
        assertThat(told(back)).contains("recreate.stop_timeout: -1s is not between 0s and");
    }

    @Test
    void goodStrategiesAreTaken() {
        assertThat(told(canary(count(1), percent(50), percent(100)))).isEmpty();
        assertThat(told(Strategy.getDefaultInstance())).isEmpty();
    }

    @Test
    void waveWithoutJobsIsRefused() {
        assertThat(told(application().addJobs(job("a", 0)).addJobs(job("b", 2))))
                .contains("jobs[1].wave: 2 follows 0, and wave 1 has no jobs");
    }

    @Test
    void jobThatIsRunOnceHasNoCanaries() {
        ApplicationJob.Builder job =
                job("a", 0).toBuilder()
                        .setRun(JobRun.getDefaultInstance())
                        .setStrategy(canary(percent(10)));
        assertThat(told(application().addJobs(job)))
                .startsWith("jobs[0].strategy.canary: a job with run is batch, periodic or")
                .contains("say rolling or recreate");
        assertThat(told(application().addJobs(job.clearRun()))).isEmpty();
    }

    @Test
    void payloadThatNomadWouldNotTakeIsRefused() {
        ApplicationJob.Builder job =
                job("a", 0).toBuilder().setRun(JobRun.newBuilder().setPayload("x".repeat(17_000)));
        assertThat(told(application().addJobs(job)))
                .contains("jobs[0].run.payload: has 17000 bytes");
    }

    @Test
    void strategyIsCheckedWhereverItIsDeclared() {
        Strategy wrong = canary(percent(50), percent(10));
        String here = "canary.steps[1].percent: 10 does not go beyond the 50";
        assertThat(
                        told(
                                application()
                                        .addJobs(job("a", 0).toBuilder().setStrategy(wrong))
                                        .putStageStrategies("prod", wrong)))
                .contains("jobs[0].strategy." + here)
                .contains("stage_strategies[\"prod\"]." + here);
        assertThat(
                        told(
                                Environment.newBuilder()
                                        .setCluster("clusters/a")
                                        .setDefaultStrategy(wrong)))
                .contains("default_strategy." + here);
        assertThat(
                        told(
                                Pipeline.newBuilder()
                                        .addStages(
                                                Stage.newBuilder()
                                                        .setId("prod")
                                                        .addEnvironments(
                                                                "projects/a/environments/b")
                                                        .setStrategy(wrong))))
                .contains("stages[0].strategy." + here);
    }

    @Test
    void whatFollowsAFailureIsNotOfOneJob() {
        Strategy held = Strategy.newBuilder().setOnFailure(Strategy.OnFailure.HOLD).build();
        assertThat(told(application().addJobs(job("a", 0).toBuilder().setStrategy(held))))
                .startsWith("jobs[0].strategy.on_failure: is not of one job");
        assertThat(told(application().addJobs(job("a", 0)).setStrategy(held))).isEmpty();
    }

    @Test
    void boundsBetweenWhichNothingLiesAreRefused() {
        ScaleBounds none = ScaleBounds.newBuilder().setMin(3).setMax(2).build();
        String here = "max: 2 is below min, which is 3; no count would be allowed";
        assertThat(told(Environment.newBuilder().setCluster("clusters/a").setScaleBounds(none)))
                .isEqualTo("scale_bounds." + here);
        assertThat(told(application().addJobs(job("a", 0).toBuilder().putScaleBounds("web", none))))
                .isEqualTo("jobs[0].scale_bounds[\"web\"]." + here);
        ScaleBounds open = none.toBuilder().clearMax().build();
        assertThat(told(Environment.newBuilder().setCluster("clusters/a").setScaleBounds(open)))
                .isEmpty();
    }

    @Test
    void numberOutOfItsBoundsIsToldOnce() {
        assertThat(told(application().addJobs(job("a", 0)).addJobs(job("b", 101))))
                .isEqualTo("jobs[1].wave: 101 must be from 0 to 100");
    }

    private static String told(Strategy strategy) {
        return told(application().addJobs(job("a", 0)).setStrategy(strategy));
    }

    private static String told(Message.Builder declaration) {
        return new DeclarationChecks(new PolicyLanguage())
                .check(declaration.build()).stream()
                        .map(problem -> problem.path() + ": " + problem.description())
                        .collect(Collectors.joining("\n"));
    }

    private static Application.Builder application() {
        return Application.newBuilder().setPipeline("projects/shop/pipelines/main");
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
