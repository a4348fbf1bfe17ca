package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApplicationVerification;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Stage;
import dev.drover.v1.Strategy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Which verifications are declared for an application in the stage of an environment. */
public final class StageVerifications {
    private StageVerifications() {}

    /** Names of all that may be measured there, at steps of rollouts and after them. */
    public static List<String> of(
            Application application, Pipeline pipeline, Environment environment) {
        SequencedSet<String> names = new LinkedHashSet<>();
        collect(StageStrategy.of(application, pipeline, environment), names);
        application.getJobsList().stream()
                .map(ApplicationJob::getStrategy)
                .forEach(strategy -> collect(strategy, names));
        names.addAll(after(application, pipeline, environment));
        return List.copyOf(names);
    }

    /** Names of those that are measured when the rollout is over, as declared. */
    static List<String> after(Application application, Pipeline pipeline, Environment environment) {
        String stage =
                StageStrategy.stage(pipeline, environment.getName()).map(Stage::getId).orElse("");
        return application.getVerificationsList().stream()
                .filter(one -> one.getStagesCount() == 0 || one.getStagesList().contains(stage))
                .map(ApplicationVerification::getVerification)
                .toList();
    }

    private static void collect(Strategy strategy, SequencedSet<String> names) {
        for (CanaryStep step : strategy.getCanary().getStepsList()) {
            names.addAll(step.getVerificationsList());
        }
        names.addAll(strategy.getBlueGreen().getVerificationsList());
    }
}
