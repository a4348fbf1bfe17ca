package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Pipeline;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.Optional;

/** How an application is rolled out in the stage of an environment. */
public final class StageStrategy {

    private StageStrategy() {}

    /** The stage's own strategy, else the application's, else rolling. */
    public static Strategy of(Application application, Pipeline pipeline, String environment) {
        Strategy declared =
                stage(pipeline, environment)
                        .map(Stage::getId)
                        .map(application.getStageStrategiesMap()::get)
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
