package dev.drover.gateway.cluster;

import java.time.Instant;

/**
 * How a {@link Watch} stands, for metrics and logs.
 *
 * @param since when this phase began
 * @param detail why, for people; "" while all is well
 * @param connections how often a connection was accepted so far
 * @param hints how many hints were handed out so far
 */
public record WatchState(Phase phase, Instant since, String detail, long connections, long hints) {

    /** Phases of a subscription; all but CLOSED lead on to another by themselves. */
    public enum Phase {
        /** A connection is being made, Nomad has not accepted it yet. */
        CONNECTING,
        /** Nomad accepted the subscription and has been heard since. */
        LIVE,
        /** Nomad does not let this token watch; tried again with back-off. */
        DENIED,
        /** The connection was lost or refused; the next attempt is timed. */
        BACKING_OFF,
        /** Closed by its owner. */
        CLOSED
    }
}
