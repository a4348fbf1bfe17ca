package dev.drover.gateway.plan;

import dev.drover.v1.Strategy;
import java.util.List;

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
                StageStrategy.of(
                        nouns.application(), nouns.pipeline(), nouns.environment().getName());
        return new PlanRequest(nouns, strategy, earlier);
    }
}
