package dev.drover.gateway.rollout;

/**
 * What the engine has to remember of a phase beyond what it shows. Times are milliseconds since
 * 1970, 0 for never.
 *
 * @param expectedIndex the job modify index to enforce when registering; 0: the job must not exist
 * @param createIndex tells whether the job was purged and made again
 * @param registered whether Nomad has the registration
 * @param byHand whether a person promotes the canaries
 * @param advanced whether that person did
 * @param promotion how far the promotion of the canaries is
 * @param attempts how often Nomad was asked to promote them
 * @param canariesLostMillis since when canaries that were all healthy are not any more
 */
public record PhaseNotes(
        long expectedIndex,
        long createIndex,
        boolean registered,
        boolean byHand,
        boolean advanced,
        CanaryStep promotion,
        int attempts,
        long canariesLostMillis) {

    /** How far the promotion of canaries is. */
    public enum CanaryStep {
        /** Not asked for. */
        NONE,
        /** Nomad is being asked. */
        ASKED,
        /** Nomad did it. */
        DONE
    }

    /** Before anything was done. */
    public static PhaseNotes expecting(long expectedIndex, boolean byHand) {
        return new PhaseNotes(expectedIndex, 0, false, byHand, false, CanaryStep.NONE, 0, 0);
    }

    PhaseNotes registered(long createIndex) {
        return new PhaseNotes(
                expectedIndex,
                createIndex,
                true,
                byHand,
                advanced,
                promotion,
                attempts,
                canariesLostMillis);
    }

    /** The same after a person let the canaries go on. */
    public PhaseNotes advance() {
        return new PhaseNotes(
                expectedIndex, createIndex, registered, byHand, true, promotion, attempts, 0);
    }

    PhaseNotes promotion(CanaryStep step) {
        return new PhaseNotes(
                expectedIndex,
                createIndex,
                registered,
                byHand,
                advanced,
                step,
                attempts,
                canariesLostMillis);
    }

    PhaseNotes asked() {
        return new PhaseNotes(
                expectedIndex,
                createIndex,
                registered,
                byHand,
                advanced,
                CanaryStep.ASKED,
                attempts + 1,
                canariesLostMillis);
    }

    PhaseNotes canariesLost(long millis) {
        return new PhaseNotes(
                expectedIndex,
                createIndex,
                registered,
                byHand,
                advanced,
                promotion,
                attempts,
                millis);
    }
}
