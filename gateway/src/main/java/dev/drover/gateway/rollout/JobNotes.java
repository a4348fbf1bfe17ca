package dev.drover.gateway.rollout;

/**
 * What the engine has to remember of a job beyond what its phases show. Times are milliseconds
 * since 1970, 0 for never.
 */
public record JobNotes(Registration registration, Gate gate, Clock clock) {

    /**
     * What was done to the job.
     *
     * @param expectedIndex the job modify index to enforce when registering; 0: the job must not
     *     exist
     * @param createIndex tells whether the job was purged and made again
     * @param stopped whether it was stopped to be started anew
     * @param registered whether Nomad has the registration
     */
    public record Registration(
            long expectedIndex, long createIndex, boolean stopped, boolean registered) {}

    /**
     * What holds the deployment.
     *
     * @param promotion how far the promotion of the canaries is
     * @param hold whether Drover paused it
     * @param attempts how often Nomad was asked for something, for unique keys
     */
    public record Gate(CanaryStep promotion, Hold hold, int attempts) {}

    /**
     * Times of the present phase.
     *
     * @param lostMillis since when allocations that were all healthy are not any more
     * @param healthy how many were healthy when there was progress last
     * @param progressMillis when that was
     * @param pausedMillis since when a person has it paused
     */
    public record Clock(long lostMillis, long healthy, long progressMillis, long pausedMillis) {
        static final Clock NEW = new Clock(0, 0, 0, 0);
    }

    /** How far the promotion of canaries is. */
    public enum CanaryStep {
        /** Not asked for. */
        NONE,
        /** Nomad is being asked. */
        ASKED,
        /** Nomad did it. */
        DONE
    }

    /** Whether the deployment is paused by Drover. */
    public enum Hold {
        /** It is not. */
        OPEN,
        /** Nomad is being asked to pause it. */
        CLOSING,
        /** It is. */
        HELD,
        /** Nomad is being asked to let it go on. */
        OPENING
    }

    /** Before anything was done. */
    public static JobNotes expecting(long expectedIndex) {
        return new JobNotes(
                new Registration(expectedIndex, 0, false, false),
                new Gate(CanaryStep.NONE, Hold.OPEN, 0),
                Clock.NEW);
    }

    /** Whether Drover changed the job in Nomad. */
    public boolean touched() {
        return registration.registered() || registration.stopped();
    }

    boolean registered() {
        return registration.registered();
    }

    JobNotes stopped(long index, long createIndex) {
        return new JobNotes(new Registration(index, createIndex, true, false), gate, clock);
    }

    JobNotes registered(long createIndex) {
        return new JobNotes(
                new Registration(
                        registration.expectedIndex(), createIndex, registration.stopped(), true),
                gate,
                clock);
    }

    JobNotes promotion(CanaryStep step) {
        return new JobNotes(registration, new Gate(step, gate.hold(), gate.attempts()), clock);
    }

    JobNotes hold(Hold hold) {
        return new JobNotes(registration, new Gate(gate.promotion(), hold, gate.attempts()), clock);
    }

    /** Nomad is asked for something once more. */
    JobNotes attempt() {
        return new JobNotes(
                registration, new Gate(gate.promotion(), gate.hold(), gate.attempts() + 1), clock);
    }

    /** A new phase has its own times. */
    JobNotes afresh() {
        return new JobNotes(registration, gate, Clock.NEW);
    }

    JobNotes lost(long millis) {
        return with(
                new Clock(millis, clock.healthy(), clock.progressMillis(), clock.pausedMillis()));
    }

    JobNotes progress(long healthy, long millis) {
        return with(new Clock(clock.lostMillis(), healthy, millis, clock.pausedMillis()));
    }

    JobNotes paused(long millis) {
        return with(new Clock(clock.lostMillis(), clock.healthy(), clock.progressMillis(), millis));
    }

    private JobNotes with(Clock changed) {
        return new JobNotes(registration, gate, changed);
    }
}
