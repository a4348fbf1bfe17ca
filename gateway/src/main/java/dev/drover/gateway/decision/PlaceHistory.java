package dev.drover.gateway.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One application in one environment, whichever its release.
 *
 * @param runningRelease full name of what runs there as it was brought; empty: nothing does
 * @param runningVersion its version
 * @param outcomes what became of the promotions there, the newest first
 */
public record PlaceHistory(String runningRelease, String runningVersion, List<Outcome> outcomes) {

    /** Nothing ever happened there. */
    public static final PlaceHistory NONE = new PlaceHistory("", "", List.of());

    public PlaceHistory {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * What became of a promotion whose rollout had begun.
     *
     * @param promotion full name
     * @param kind RELEASE, ROLLBACK and so on
     * @param release full name
     * @param end how it ended
     */
    public record Outcome(String promotion, String kind, String release, End end) {}

    /**
     * The end of a promotion.
     *
     * @param state SUCCEEDED, FAILED, ROLLED_BACK or CANCELLED
     * @param takenBack whether a person rolled it back afterwards
     * @param took how long its rollout took
     */
    public record End(String state, boolean takenBack, Instant time, Duration took) {}
}
