package dev.drover.gateway.rollout;

/** What can happen to a phase. */
public enum PhaseEvent {
    /** Its turn has come. */
    BEGUN,
    /** Its wave has come and its job is as it should be. */
    NOTHING_TO_DO,
    /** It waits for a person to decide. */
    AWAITS_PERSON,
    /** A person, or the time that a person had, let it go on. */
    ADVANCED,
    /** A person paused it. */
    PAUSED,
    /** A person let it go on that was paused. */
    RESUMED,
    /** What it was for is done. */
    COMPLETED,
    /** Nomad could not carry it out, or somebody else changed the job. */
    FAILED,
    /** The promotion was cancelled, or another phase failed. */
    ABORTED
}
