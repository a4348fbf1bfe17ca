package dev.drover.gateway.rollout;

/** What became of an effect. */
public sealed interface EffectOutcome {
    /** The job has the rendered spec, and this promotion put it there. */
    record Registered(String evaluationId, long version, long specIndex, long createIndex)
            implements EffectOutcome {}

    /** The job is stopped. */
    record Stopped(long specIndex, long createIndex) implements EffectOutcome {}

    /** The job runs, or ran, as this one. */
    record Ran(String runJob) implements EffectOutcome {}

    /** Done, or it was done already. */
    record Done() implements EffectOutcome {}

    /** Not possible now, and not an end: look again. */
    record NotNow(String message) implements EffectOutcome {}

    /** It was not done, and will not be: it is no longer wanted. */
    record Dropped() implements EffectOutcome {}

    /** Somebody else changed the job. */
    record Conflict(String message) implements EffectOutcome {}

    /** Nomad said no. */
    record Refused(String message) implements EffectOutcome {}
}
