package dev.drover.gateway.cluster;

/** What can happen to a call on its way to Nomad and back. */
public enum Fault {
    NONE,
    /** No connection: nothing happened, and the caller knows. */
    REFUSED,
    /** The request never arrived, but the caller cannot know: ambiguous for writes. */
    LOST_REQUEST,
    /** Nomad did it, the reply never arrived: ambiguous for writes. */
    LOST_REPLY,
    /** The request is held up, and Nomad does it long after the caller gave it up. */
    LATE,
    /** The request arrives twice, and the answer is the second one. */
    REPEATED,
    /** A server that lags answers as of an older state; only reads meet it. */
    STALE
}
