package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.Optional;

/** How an application is rolled out in the stage of an environment. */
public final class StageStrategy {

    private StageStrategy() {}

    /**
     * The application's own for the stage, else the environment's, else the pipeline stage's, else
     * the application's for all stages, else rolling.
     */
    public static Strategy of(Application application, Pipeline pipeline, Environment environment) {
        Optional<Stage> stage = stage(pipeline, environment.getName());
        Strategy declared =
                stage.map(Stage::getId)
                        .map(application.getStageStrategiesMap()::get)
                        .or(() ->
                                Optional.of(environment.getDefaultStrategy())
                                        .filter(one -> environment.hasDefaultStrategy()))
                        .or(() -> stage.filter(Stage::hasStrategy).map(Stage::getStrategy))
                        .orElse(application.getStrategy());
        return declared.getKindCase() == Strategy.KindCase.KIND_NOT_SET
                ? declared.toBuilder().setRolling(RollingStrategy.getDefaultInstance()).build()
                : declared;
    }

    /** The stage that an environment stands in. */
    public static Optional<Stage> stage(Pipeline pipeline, String environment) {
        return pipeline.getStagesList().stream()
                .filter(stage -> stage.getEnvironmentsList().contains(environment))
                .findFirst();
    }
}
