package dev.drover.gateway.verification;

import java.time.Instant;

/** What follows for a verification from what was measured so far. */
public sealed interface Verdict {

    /** Nothing is decided: the next measurement is due then. */
    record MeasureAt(Instant time) implements Verdict {}

    /**
     * The measurements say yes.
     *
     * @param reason one sentence
     */
    record Passed(String reason) implements Verdict {}

    /**
     * The measurements say no.
     *
     * @param reason one sentence
     */
    record Failed(String reason) implements Verdict {}

    /**
     * The measurements cannot tell.
     *
     * @param reason one sentence
     */
    record Inconclusive(String reason) implements Verdict {}
}
