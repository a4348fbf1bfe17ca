package dev.drover.gateway.nomad;

import java.time.Duration;

/**
 * When an event stream counts as refused or lost.
 *
 * @param firstLine Nomad sends a line at once when it accepts a subscription, and nothing at all
 *     when it does not
 * @param silence Nomad sends a line at least every 30 s
 * @param maxAge a stream over all namespaces does not learn of new ones, so it is renewed
 * @param firstPause before the first new attempt; doubled up to {@code maxPause}
 */
record WatchTimings(
        Duration firstLine,
        Duration silence,
        Duration maxAge,
        Duration firstPause,
        Duration maxPause) {

    static final WatchTimings DEFAULT =
            new WatchTimings(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(65),
                    Duration.ofMinutes(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(30));

    /** Half to whole of the doubled pause, so that many watchers do not come back in step. */
    Duration pause(int failures, double random) {
        int doublings = Math.min(failures - 1, 20);
        long millis = Math.min(firstPause.toMillis() << doublings, maxPause.toMillis());
        return Duration.ofMillis((long) (millis * (0.5 + random / 2)));
    }
}
