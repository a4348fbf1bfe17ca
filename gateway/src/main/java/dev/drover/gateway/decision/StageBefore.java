package dev.drover.gateway.decision;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.StageStrategy;
import dev.drover.v1.Availability;
import dev.drover.v1.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A stage that a release goes through before it comes to an environment.
 *
 * @param one whether one of its environments is enough
 */
record StageBefore(String id, List<String> environments, boolean one) {

    static List<StageBefore> of(PlanNouns nouns) {
        Optional<Stage> stage =
                StageStrategy.stage(nouns.pipeline(), nouns.environment().getName());
        return stage.stream()
                .flatMap(here ->
                        nouns.pipeline().getStagesList().stream()
                                .filter(each -> here.getAfterList().contains(each.getId()))
                                .map(each ->
                                        new StageBefore(
                                                each.getId(),
                                                each.getEnvironmentsList(),
                                                here.getAvailability() == Availability.ONE_OF)))
                .toList();
    }

    /** When the stage is ready, from when each environment is; empty: not by time alone. */
    Optional<Instant> when(Function<String, Optional<Instant>> ready) {
        List<Instant> times = environments.stream().map(ready).flatMap(Optional::stream).toList();
        if (one) {
            return times.stream().min(Comparator.naturalOrder());
        }
        return times.size() == environments.size()
                ? Optional.of(times.stream().max(Comparator.naturalOrder()).orElse(Instant.MIN))
                : Optional.empty();
    }

    String told() {
        return "stage \"%s\" (%s%s)"
                .formatted(
                        id,
                        one && environments.size() > 1 ? "one of " : "",
                        String.join(", ", environments));
    }
}
