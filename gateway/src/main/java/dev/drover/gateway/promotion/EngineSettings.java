package dev.drover.gateway.promotion;

import java.time.Duration;

/**
 * How the engine runs.
 *
 * @param owner names this gateway process among all that ever ran on the store
 * @param alone whether nobody else works on the store: what a dead process left is then taken over
 *     at once
 * @param heartbeat how often ownership is renewed
 * @param dead after how long without a heartbeat an owner is taken for dead
 * @param backoffMax how long at most between two attempts at something that fails
 */
public record EngineSettings(
        String owner, boolean alone, Duration heartbeat, Duration dead, Duration backoffMax) {
    /** What holds unless it is configured, for the only gateway on its store. */
    public static EngineSettings of(String owner) {
        return new EngineSettings(
                owner, true, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }
}
