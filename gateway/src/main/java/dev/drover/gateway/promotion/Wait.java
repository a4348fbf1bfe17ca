package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.gateway.rollout.Times;
import dev.drover.gateway.verification.Runs;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long nothing is expected to happen to a promotion.
 *
 * @param alone where nobody tells what Nomad does
 * @param hinted where Nomad's stream of events wakes the promotion: looking is for what the stream
 *     does not tell, and for deadlines
 */
record Wait(Duration alone, Duration hinted) {
    static final Wait NONE = both(Duration.ZERO);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Wait until(Promotion promotion, Observation observation, Instant now) {
        return switch (promotion.getState()) {
            case RUNNING ->
                    Stream.of(measured(promotion, observation, now), halting(observation, now))
                            .flatMap(Optional::stream)
                            .reduce(whileRunning(promotion, now), Wait::atMost, Wait::least);
            case VERIFYING -> both(measured(promotion, observation, now).orElse(FIVE_SECONDS));
            case QUEUED -> both(HALF_A_MINUTE);
            default -> both(untilEligible(promotion, now));
        };
    }

    private Wait atMost(Duration longest) {
        return new Wait(least(alone, longest), least(hinted, longest));
    }

    private static Wait least(Wait one, Wait other) {
        return new Wait(least(one.alone, other.alone), least(one.hinted, other.hinted));
    }

    /** Until a suspension ends or a window opens or closes that halts rollouts. */
    private static Optional<Duration> halting(Observation observation, Instant now) {
        return observation instanceof Observation.Seen seen
                ? seen.halting()
                        .changes()
                        .map(until -> Duration.between(now, until))
                        .filter(Duration::isPositive)
                : Optional.empty();
    }

    private static Wait both(Duration wait) {
        return new Wait(wait, wait);
    }

    /** Where nothing but time or a person is waited for, Nomad is not asked every second. */
    private static Wait whileRunning(Promotion promotion, Instant now) {
        Optional<Duration> left =
                RolloutRules.nextTime(promotion.getRollout())
                        .map(until -> Duration.between(now, until));
        if (left.isEmpty()) {
            return new Wait(SECOND, FIVE_SECONDS);
        }
        return left.get().isPositive()
                ? new Wait(least(left.get(), FIVE_SECONDS), least(left.get(), HALF_A_MINUTE))
                : both(SECOND);
    }

    /** Until the next measurement, if there will be one. */
    private static Optional<Duration> measured(
            Promotion promotion, Observation observation, Instant now) {
        return Runs.next(promotion.getVerificationRunsList())
                .map(due -> Duration.between(now, due.time()))
                .map(until -> {
                    if (until.isPositive()) {
                        return least(until, FIVE_SECONDS);
                    }
                    // Nothing came of looking: a measurement that takes a while is under way.
                    return took(observation) ? Duration.ZERO : Duration.ofMillis(500);
                });
    }

    private static boolean took(Observation observation) {
        return observation instanceof Observation.Verified
                || (observation instanceof Observation.Seen seen && seen.verified().isPresent());
    }

    private static Duration untilEligible(Promotion promotion, Instant now) {
        if (!promotion.getDecision().hasNextEligibleTime()) {
            return MINUTE;
        }
        Instant next = Times.instant(promotion.getDecision().getNextEligibleTime());
        Duration until = Duration.between(now, next);
        return until.compareTo(SECOND) < 0 ? SECOND : least(until, MINUTE);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
