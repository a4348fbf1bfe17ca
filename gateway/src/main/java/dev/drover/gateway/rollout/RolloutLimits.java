package dev.drover.gateway.rollout;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the engine waits where Nomad would wait for ever.
 *
 * @param placedBy by when the first allocation must be placed, since Nomad's own deadline starts
 *     only then; empty: the job's progress deadline, 5 minutes where it has none
 * @param grace how much later than Nomad's deadlines the engine gives up by itself
 */
public record RolloutLimits(Optional<Duration> placedBy, Duration grace) {
    private static final Duration FALLBACK = Duration.ofMinutes(5);

    /** What holds unless it is configured. */
    public static final RolloutLimits DEFAULT =
            new RolloutLimits(Optional.empty(), Duration.ofSeconds(30));

    Duration placedBy(Duration progressDeadline) {
        return placedBy.orElse(progressDeadline.isPositive() ? progressDeadline : FALLBACK);
    }
}
