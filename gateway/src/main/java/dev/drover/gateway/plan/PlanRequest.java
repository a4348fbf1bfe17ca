package dev.drover.gateway.plan;

import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * What to plan.
 *
 * @param strategy how the jobs are rolled out; see {@link StageStrategy}
 * @param earlier what was rendered for this application and environment before, as far as it is
 *     still known: fields that held a sensitive value then are not shown now
 */
public record PlanRequest(PlanNouns nouns, Strategy strategy, List<Rendering> earlier) {

    public PlanRequest {
        earlier = List.copyOf(earlier);
    }

    /** With the strategy of the environment's stage. */
    public static PlanRequest of(PlanNouns nouns, List<Rendering> earlier) {
        Strategy strategy =
                StageStrategy.of(nouns.application(), nouns.pipeline(), nouns.environment());
        return new PlanRequest(nouns, strategy, earlier);
    }

    /** That of one job: its own, else the stage's. */
    Strategy strategy(String job) {
        return declared(job)
                .filter(ApplicationJob::hasStrategy)
                .map(ApplicationJob::getStrategy)
                .orElse(strategy);
    }

    /** The same with the place where it is declared. */
    PlacedStrategy placed(String job) {
        Strategy mine = strategy(job);
        for (int i = 0; i < nouns.application().getJobsCount(); i++) {
            ApplicationJob one = nouns.application().getJobs(i);
            if (one.getId().equals(job) && one.hasStrategy()) {
                return new PlacedStrategy(
                        mine, "jobs[" + i + "].strategy of " + nouns.application().getName());
            }
        }
        return new PlacedStrategy(
                mine,
                StageStrategy.place(
                        nouns.application(), nouns.pipeline(), nouns.environment(), mine));
    }

    /** What the application declares of a job. */
    Optional<ApplicationJob> declared(String job) {
        return nouns.application().getJobsList().stream()
                .filter(one -> one.getId().equals(job))
                .findFirst();
    }
}
