package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.v1.Application;
import dev.drover.v1.Strategy;
import java.nio.charset.StandardCharsets;
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
                        {'Update':{'MaxParallel':4,'AutoRevert':true},
                         'TaskGroups':[{'Update':{'Canary':9,'AutoPromote':true}},{'Name':'plain'}]}
                        """);
        assertThat(StrategyUpdate.apply(job, PlanFixture.canary(2), PROBLEM))
                .isEqualTo(
                        json(
                                """
                                {'Update':{'MaxParallel':4,'AutoRevert':false,'Canary':2,'AutoPromote':false},
                                 'TaskGroups':[{'Update':{'Canary':2,'AutoPromote':false,'AutoRevert':false}},{'Name':'plain'}]}
                                """));
    }

    @Test
    void rollingTakesCanariesAwayAndSetsTheWidth() {
        assertThat(
                        StrategyUpdate.apply(
                                json("{'Update':{'Canary':3,'MaxParallel':1}}"),
                                PlanFixture.rolling(7),
                                PROBLEM))
                .isEqualTo(
                        json(
                                "{'Update':{'Canary':0,'MaxParallel':7,'AutoPromote':false,'AutoRevert':false}}"));
    }

    @Test
    void rollbackHasNoCanaries() {
        assertThat(
                        StrategyUpdate.restored(
                                json("{'Update':{'Canary':3,'MaxParallel':2,'AutoRevert':false}}")))
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
        assertThatThrownBy(() -> StrategyUpdate.apply(json(job), PlanFixture.canary(1), PROBLEM))
                .hasMessageContaining(kind)
                .hasMessageContaining(why)
                .hasMessageContaining("use the rolling strategy");
    }

    @Test
    void batchJobIsLeftWithoutAnUpdateBlock() {
        ObjectNode batch = json("{'Type':'batch'}");
        assertThat(StrategyUpdate.apply(batch, PlanFixture.rolling(2), PROBLEM)).isEqualTo(batch);
    }

    @Test
    void stageWinsOverApplicationAndRollingIsTheLast() {
        PlanFixture shop = PlanFixture.shop();
        assertThat(strategy(shop, PlanFixture.PROD).hasRolling()).isTrue();
        shop.application().setStrategy(PlanFixture.canary(1));
        assertThat(strategy(shop, PlanFixture.PROD).getCanary().getCount()).isEqualTo(1);
        shop.application().putStageStrategies("prod", PlanFixture.canary(4));
        assertThat(strategy(shop, PlanFixture.PROD).getCanary().getCount()).isEqualTo(4);
        assertThat(strategy(shop, PlanFixture.STAGING).getCanary().getCount()).isEqualTo(1);
        shop.application()
                .putStageStrategies(
                        "prod", Strategy.newBuilder().setAutomaticRollback(false).build());
        Strategy kindless = strategy(shop, PlanFixture.PROD);
        assertThat(kindless.hasRolling()).isTrue();
        assertThat(kindless.getAutomaticRollback()).isFalse();
    }

    private static Strategy strategy(PlanFixture shop, String environment) {
        Application application = shop.application().build();
        return StageStrategy.of(application, shop.pipeline().build(), environment);
    }
}
