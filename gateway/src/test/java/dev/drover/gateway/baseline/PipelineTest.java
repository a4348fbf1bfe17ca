package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final String NAME = "projects/shop/pipelines/p";

    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.createSamples();
        for (String id : List.of("a", "b", "c")) {
            baseline.create(
                    "projects/shop/environments/" + id,
                    Environment.newBuilder().setCluster("clusters/local").setNamespace(id).build());
        }
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void aCycleIsToldStageByStage() {
        GatewayException refusal = refused(stage("a", "c"), stage("b", "a"), stage("c", "b"));
        assertThat(refusal.reason()).isEqualTo(Reason.PIPELINE_CYCLE);
        assertThat(refusal)
                .hasMessageContaining("pipeline.stages[0].after")
                .hasMessageContaining("a -> b -> c -> a");
    }

    @Test
    void aStageThatFollowsItselfIsACycle() {
        assertThat(refused(stage("a", "a"))).hasMessageContaining("a -> a");
    }

    @Test
    void aDiamondIsNoCycle() {
        Pipeline created =
                baseline.create(NAME, pipeline(stage("a"), stage("b", "a"), stage("c", "a", "b")));
        assertThat(created.getStagesCount()).isEqualTo(3);
    }

    @Test
    void aStageThatIsNotThereCannotBeFollowed() {
        GatewayException refusal = refused(stage("a", "alpha"));
        assertThat(refusal)
                .hasMessageContaining("pipeline.stages[0].after[0]: there is no stage 'alpha'")
                .hasMessageContaining("the stages are a");
    }

    @Test
    void anIdIsGivenOnce() {
        assertThat(refused(stage("a"), stage("b").toBuilder().setId("a").build()))
                .hasMessageContaining("pipeline.stages[1].id: 'a' is the id of stages[0]");
    }

    @Test
    void anEnvironmentIsInOneStageOnly() {
        assertThat(
                        refused(
                                stage("a"),
                                stage("b").toBuilder()
                                        .setEnvironments(0, environment("a"))
                                        .build()))
                .hasMessageContaining("pipeline.stages[1].environments[0]")
                .hasMessageContaining("stages[0].environments[0] already");
    }

    @Test
    void twoEnvironmentsOfAPipelineAreTwoPlaces() {
        baseline.create(
                environment("twin"),
                Environment.newBuilder().setCluster("clusters/local").setNamespace("a").build());
        assertThat(refused(stage("a"), stage("twin", "a")))
                .hasMessageContaining("pipeline.stages[1].environments[0]")
                .hasMessageContaining(
                        "'projects/shop/environments/twin' deploys to namespace \"a\"")
                .hasMessageContaining("as 'projects/shop/environments/a' does")
                .hasMessageContaining("namespace of its own");

        Pipeline created = baseline.create(NAME, pipeline(stage("a"), stage("b")));
        Pipeline changed = created.toBuilder().setStages(1, stage("twin")).build();
        assertThat(baseline.refusal(baseline.updateRequest(changed, "stages")))
                .hasMessageContaining("'projects/shop/environments/twin'")
                .hasMessageContaining("'projects/shop/environments/a'");
    }

    @Test
    void namespaceThatIsNotNamedIsTheDefaultOne() {
        baseline.create(
                environment("unnamed"),
                Environment.newBuilder().setCluster("clusters/local").build());
        baseline.create(
                environment("named"),
                Environment.newBuilder()
                        .setCluster("clusters/local")
                        .setNamespace("default")
                        .build());
        assertThat(refused(stage("unnamed"), stage("named")))
                .hasMessageContaining("namespace \"default\" of clusters/local");
    }

    @Test
    void environmentOfAPipelineCannotMoveToThePlaceOfAnother() {
        baseline.create(NAME, pipeline(stage("a"), stage("b", "a")));
        Environment moved =
                Environment.newBuilder()
                        .setName(environment("b"))
                        .setCluster("clusters/local")
                        .setNamespace("a")
                        .build();
        assertThat(baseline.refusal(baseline.updateRequest(moved, "namespace")).reason())
                .isEqualTo(Reason.IMMUTABLE_FIELD);
        assertThat(
                        baseline.refusal(
                                        baseline.deleteRequest(Environment.class, environment("b")))
                                .reason())
                .isEqualTo(Reason.STILL_REFERENCED);
    }

    @Test
    void anApplicationsStrategyNeedsItsStage() {
        baseline.create(NAME, pipeline(stage("a"), stage("b", "a")));
        Application application =
                Application.newBuilder()
                        .setPipeline(NAME)
                        .addJobs(ApplicationJob.newBuilder().setId("api"))
                        .putStageStrategies("beta", Strategy.getDefaultInstance())
                        .build();
        assertThat(
                        baseline.refusal(
                                baseline.createRequest(
                                        "projects/shop/applications/api", application)))
                .hasMessageContaining("application.stage_strategies[\"beta\"]")
                .hasMessageContaining("its stages are a, b");
    }

    @Test
    void aStageWithAStrategyCannotBeRemoved() {
        Pipeline created = baseline.create(NAME, pipeline(stage("a"), stage("b", "a")));
        baseline.create(
                "projects/shop/applications/api",
                Application.newBuilder()
                        .setPipeline(NAME)
                        .addJobs(ApplicationJob.newBuilder().setId("api"))
                        .putStageStrategies("b", Strategy.getDefaultInstance())
                        .build());
        assertThat(
                        baseline.refusal(
                                baseline.updateRequest(
                                        created.toBuilder().removeStages(1).build(), "stages")))
                .hasMessageContaining("stage 'b' cannot be removed")
                .hasMessageContaining("projects/shop/applications/api");
    }

    private GatewayException refused(Stage... stages) {
        return baseline.refusal(baseline.createRequest(NAME, pipeline(stages)));
    }

    private static Pipeline pipeline(Stage... stages) {
        return Pipeline.newBuilder().addAllStages(List.of(stages)).build();
    }

    private static Stage stage(String id, String... after) {
        return Stage.newBuilder()
                .setId(id)
                .addEnvironments(environment(id))
                .addAllAfter(List.of(after))
                .build();
    }

    private static String environment(String id) {
        return "projects/shop/environments/" + id;
    }
}
