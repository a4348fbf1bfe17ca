package dev.drover.gateway.rollout;

/** What can happen to a phase. */
public enum PhaseEvent {
    /** Its wave has come and its job has to change. */
    REGISTERING,
    /** Its wave has come and its job is as it should be. */
    NOTHING_TO_DO,
    /** Canaries are healthy and wait for a person. */
    AWAITS_PERSON,
    /** A person let it go on. */
    ADVANCED,
    /** Nomad carried it out. */
    COMPLETED,
    /** Nomad could not carry it out, or somebody else changed the job. */
    FAILED,
    /** The promotion was cancelled, or another phase failed. */
    ABORTED
}
