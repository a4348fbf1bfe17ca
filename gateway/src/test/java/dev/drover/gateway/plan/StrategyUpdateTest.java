package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Environment;
import dev.drover.v1.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyUpdateTest {

    private static final JobspecProblem PROBLEM = new JobspecProblem(0, "web");

    private static ObjectNode json(String text) {
        return (ObjectNode)
                CanonicalJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void canaryOwnsTheBlockOfJobAndGroups() {
        ObjectNode job =
                json(
                        """
                        {'Update':{'MaxParallel':4},
                         'TaskGroups':[{'Name':'a','Count':5,'Update':{'Canary':2}},{'Name':'b','Count':1}]}
                        """);
        assertThat(apply(job, PlanFixture.canary(2)))
                .isEqualTo(
                        json(
                                """
                                {'Update':{'MaxParallel':4,'AutoRevert':false,'Canary':0,'AutoPromote':false},
                                 'TaskGroups':[
                                  {'Name':'a','Count':5,'Update':{'Canary':2,'AutoPromote':false,'AutoRevert':false}},
                                  {'Name':'b','Count':1,'Update':{'Canary':1}}]}
                                """));
    }

    @Test
    void rollingTakesCanariesAwayAndSetsTheWidth() {
        assertThat(apply(json("{'Update':{'Stagger':5}}"), PlanFixture.rolling(7)))
                .isEqualTo(
                        json(
                                "{'Update':{'Stagger':5,'Canary':0,'MaxParallel':7,'AutoPromote':false,'AutoRevert':false}}"));
    }

    @Test
    void percentagesAreRoundedUpInEachGroupAndADeadlineOutlastsThePause() {
        ObjectNode job =
                json(
                        "{'TaskGroups':[{'Name':'a','Count':10},{'Name':'b','Count':3},{'Name':'none','Count':0}]}");
        ObjectNode steps = apply(job, steps(10, 50, 100));
        assertThat(steps.path("TaskGroups").path(0).path("Update").path("Canary").asInt())
                .isEqualTo(1);
        assertThat(steps.path("TaskGroups").path(1).path("Update").path("Canary").asInt())
                .isEqualTo(1);
        assertThat(steps.path("TaskGroups").path(2).path("Update").has("Canary")).isFalse();
        assertThat(
                        Duration.ofNanos(
                                steps.path("TaskGroups")
                                        .path(0)
                                        .path("Update")
                                        .path("ProgressDeadline")
                                        .asLong()))
                .isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"Canary\":9}', 'update.canary = 9, but the strategy says 1'",
        "'{\"AutoRevert\":true}', 'update.auto_revert = true, but Drover rolls back'",
        "'{\"AutoPromote\":true}', 'update.auto_promote = true, but Drover promotes'",
        "'{\"ProgressDeadline\":60000000000}', 'progress_deadline = 1m, but the strategy holds'"
    })
    void updateBlockThatWantsSomethingElseThanTheStrategyIsRefusedWithThePath(
            String update, String why) {
        ObjectNode job = json("{'TaskGroups':[{'Name':'a','Count':10}]}");
        job.set("Update", json(update));
        assertThatThrownBy(() -> apply(job, steps(10, 50, 100)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("the strategy (strategy of applications/web) owns")
                .hasMessageContaining("leave them out");
    }

    @Test
    void deadlineOfTheJobspecThatIsLongEnoughIsKept() {
        ObjectNode job =
                json(
                        "{'Update':{'ProgressDeadline':3600000000000},'TaskGroups':[{'Name':'a','Count':10}]}");
        assertThat(
                        apply(job, steps(10, 50, 100))
                                .path("TaskGroups")
                                .path(0)
                                .path("Update")
                                .has("ProgressDeadline"))
                .isFalse();
    }

    private static Strategy steps(int... percents) {
        CanaryStrategy.Builder canary = CanaryStrategy.newBuilder();
        for (int percent : percents) {
            canary.addSteps(
                    CanaryStep.newBuilder()
                            .setPercent(percent)
                            .setBake(DeclaredTime.message(Duration.ofMinutes(5))));
        }
        return Strategy.newBuilder().setCanary(canary).build();
    }

    @Test
    void rollbackHasNoCanaries() {
        assertThat(
                        StrategyUpdate.restored(
                                json("{'Update':{'Canary':3,'MaxParallel':2,'AutoRevert':false}}"),
                                Map.of()))
                .isEqualTo(
                        json(
                                "{'Update':{'Canary':0,'MaxParallel':2,'AutoRevert':false,'AutoPromote':false}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"Type\":\"batch\"}', 'a batch job', 'makes no deployments'",
        "'{\"Type\":\"sysbatch\"}', 'a sysbatch job', 'makes no deployments'",
        "'{\"Type\":\"batch\",\"Periodic\":{\"Spec\":\"@daily\"}}', 'a periodic batch job', 'makes no deployments'",
        "'{\"Type\":\"batch\",\"ParameterizedJob\":{}}', 'a parameterized batch job', 'makes no deployments'",
        "'{\"Type\":\"system\"}', 'a system job', 'as a percentage'"
    })
    void jobsWithoutCanariesAreRefusedForTheCanaryStrategy(String job, String kind, String why) {
        assertThatThrownBy(() -> apply(json(job), PlanFixture.canary(1)))
                .hasMessageContaining(kind)
                .hasMessageContaining("(strategy of applications/web)")
                .hasMessageContaining("release.jobs[0].jobspec")
                .hasMessageContaining(why)
                .hasMessageContaining("declare");
    }

    @Test
    void batchJobIsLeftWithoutAnUpdateBlock() {
        ObjectNode batch = json("{'Type':'batch'}");
        assertThat(apply(batch, PlanFixture.rolling(2))).isEqualTo(batch);
    }

    @Test
    void stageWinsOverApplicationAndRollingIsTheLast() {
        PlanFixture shop = PlanFixture.shop();
        assertThat(strategy(shop, PlanFixture.PROD).hasRolling()).isTrue();
        shop.application().setStrategy(PlanFixture.canary(1));
        assertThat(strategy(shop, PlanFixture.PROD).getCanary().getCount()).isEqualTo(1);
        shop.pipeline().getStagesBuilder(1).setStrategy(PlanFixture.canary(2));
        assertThat(strategy(shop, PlanFixture.PROD).getCanary().getCount()).isEqualTo(2);
        assertThat(strategy(shop, PlanFixture.PROD, PlanFixture.canary(3)).getCanary().getCount())
                .isEqualTo(3);
        shop.application().putStageStrategies("prod", PlanFixture.canary(4));
        assertThat(strategy(shop, PlanFixture.PROD).getCanary().getCount()).isEqualTo(4);
        assertThat(strategy(shop, PlanFixture.STAGING).getCanary().getCount()).isEqualTo(1);
        assertThat(place(shop, PlanFixture.PROD))
                .startsWith("stage_strategies[\"prod\"] of projects/");
        assertThat(place(shop, PlanFixture.STAGING)).startsWith("strategy of projects/");
        shop.application()
                .putStageStrategies(
                        "prod",
                        Strategy.newBuilder().setOnFailure(Strategy.OnFailure.HOLD).build());
        Strategy kindless = strategy(shop, PlanFixture.PROD);
        assertThat(kindless.getCanary().getCount()).isEqualTo(2);
        assertThat(kindless.getOnFailure()).isEqualTo(Strategy.OnFailure.HOLD);
        assertThat(strategy(shop, PlanFixture.STAGING).getOnFailure())
                .isEqualTo(Strategy.OnFailure.ROLLBACK);
    }

    private static Strategy strategy(PlanFixture shop, String environment) {
        return strategy(shop, environment, Strategy.getDefaultInstance());
    }

    private static String place(PlanFixture shop, String environment) {
        Environment noun = Environment.newBuilder().setName(environment).build();
        return StageStrategy.place(
                shop.application().build(),
                shop.pipeline().build(),
                noun,
                strategy(shop, environment));
    }

    private static Strategy strategy(PlanFixture shop, String environment, Strategy ofIt) {
        Environment.Builder noun = Environment.newBuilder().setName(environment);
        if (!ofIt.equals(Strategy.getDefaultInstance())) {
            noun.setDefaultStrategy(ofIt);
        }
        return StageStrategy.of(shop.application().build(), shop.pipeline().build(), noun.build());
    }

    private static ObjectNode apply(ObjectNode job, Strategy strategy) {
        return StrategyUpdate.apply(
                job, job, new PlacedStrategy(strategy, "strategy of applications/web"), PROBLEM);
    }
}
