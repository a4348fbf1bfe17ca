package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.RolloutLimits;
import java.time.Duration;

/**
 * How long the engine waits for what.
 *
 * @param rollout for Nomad to carry out one job
 * @param unreachable for a cluster that does not answer, until a promotion fails
 * @param undecided for people and rules, until a promotion expires
 */
public record EngineLimits(RolloutLimits rollout, Duration unreachable, Duration undecided) {
    /** What holds unless it is configured. */
    public static final EngineLimits DEFAULT =
            new EngineLimits(RolloutLimits.DEFAULT, Duration.ofMinutes(30), Duration.ofDays(30));
}
