package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an application is rolled out in the stage of an environment. */
public final class StageStrategy {
    private static final Strategy ROLLING =
            Strategy.newBuilder().setRolling(RollingStrategy.getDefaultInstance()).build();

    private StageStrategy() {}

    /**
     * The application's own for the stage, else the environment's, else the pipeline stage's, else
     * the application's for all stages, else rolling. The kind and what follows a failure are each
     * told by the first that says it: a stage need not know how its applications are rolled out.
     */
    public static Strategy of(Application application, Pipeline pipeline, Environment environment) {
        List<Strategy> declared = declared(application, pipeline, environment);
        Strategy kind =
                declared.stream()
                        .filter(one -> one.getKindCase() != Strategy.KindCase.KIND_NOT_SET)
                        .findFirst()
                        .orElse(ROLLING);
        return kind.toBuilder()
                .setOnFailure(
                        declared.stream()
                                .map(Strategy::getOnFailure)
                                .filter(one -> one != Strategy.OnFailure.ON_FAILURE_UNSPECIFIED)
                                .findFirst()
                                .orElse(Strategy.OnFailure.ROLLBACK))
                .build();
    }

    private static List<Strategy> declared(
            Application application, Pipeline pipeline, Environment environment) {
        Optional<Stage> stage = stage(pipeline, environment.getName());
        List<Strategy> declared = new ArrayList<>();
        stage.map(Stage::getId)
                .map(application.getStageStrategiesMap()::get)
                .ifPresent(declared::add);
        if (environment.hasDefaultStrategy()) {
            declared.add(environment.getDefaultStrategy());
        }
        stage.filter(Stage::hasStrategy).map(Stage::getStrategy).ifPresent(declared::add);
        if (application.hasStrategy()) {
            declared.add(application.getStrategy());
        }
        return declared;
    }

    /** The stage that an environment stands in. */
    public static Optional<Stage> stage(Pipeline pipeline, String environment) {
        return pipeline.getStagesList().stream()
                .filter(stage -> stage.getEnvironmentsList().contains(environment))
                .findFirst();
    }
}
