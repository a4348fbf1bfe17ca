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
        List<Strategy> declared =
                declared(application, pipeline, environment).stream()
                        .map(PlacedStrategy::strategy)
                        .toList();
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

    /** Where the kind of a strategy is declared; empty where it is declared nowhere. */
    static String place(
            Application application,
            Pipeline pipeline,
            Environment environment,
            Strategy strategy) {
        return declared(application, pipeline, environment).stream()
                .filter(one -> one.strategy().getKindCase() != Strategy.KindCase.KIND_NOT_SET)
                .findFirst()
                .filter(one -> one.strategy().getKindCase() == strategy.getKindCase())
                .map(PlacedStrategy::place)
                .orElse("");
    }

    private static List<PlacedStrategy> declared(
            Application application, Pipeline pipeline, Environment environment) {
        Optional<Stage> stage = stage(pipeline, environment.getName());
        List<PlacedStrategy> declared = new ArrayList<>();
        stage.map(Stage::getId)
                .filter(application::containsStageStrategies)
                .ifPresent(id ->
                        declared.add(
                                new PlacedStrategy(
                                        application.getStageStrategiesOrThrow(id),
                                        "stage_strategies[\"%s\"] of %s"
                                                .formatted(id, application.getName()))));
        if (environment.hasDefaultStrategy()) {
            declared.add(
                    new PlacedStrategy(
                            environment.getDefaultStrategy(),
                            "default_strategy of " + environment.getName()));
        }
        stage.filter(Stage::hasStrategy)
                .ifPresent(one ->
                        declared.add(
                                new PlacedStrategy(
                                        one.getStrategy(),
                                        "stages[%d].strategy of %s"
                                                .formatted(
                                                        pipeline.getStagesList().indexOf(one),
                                                        pipeline.getName()))));
        if (application.hasStrategy()) {
            declared.add(
                    new PlacedStrategy(
                            application.getStrategy(), "strategy of " + application.getName()));
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
