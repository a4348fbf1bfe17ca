package dev.drover.gateway.error;

/**
 * Why a call was refused or failed. The pair of a reason and the domain {@code drover.dev} is API:
 * it is what {@code google.rpc.ErrorInfo} carries, so a constant is never renamed.
 */
public enum Reason {
    /** A field is missing, malformed or out of range. */
    INVALID_FIELD(Blame.USER, Retry.NEVER),
    /** A field that the message does not have. */
    UNKNOWN_FIELD(Blame.USER, Retry.NEVER),
    /** The bytes of the request are not the message that the method takes. */
    MALFORMED_REQUEST(Blame.USER, Retry.NEVER),
    /** A CEL expression does not type-check. */
    EXPRESSION_INVALID(Blame.USER, Retry.NEVER),
    /** A jobspec cannot be parsed, or does not fit its application. */
    JOBSPEC_INVALID(Blame.USER, Retry.NEVER),
    /** A job has what the environment's job baseline forbids. */
    FORBIDDEN_BY_BASELINE(Blame.POLICY, Retry.NEVER),
    /** A reference to something that does not exist. */
    REFERENCE_NOT_FOUND(Blame.USER, Retry.NEVER),
    /** A pipeline's stages follow one another in a circle. */
    PIPELINE_CYCLE(Blame.USER, Retry.NEVER),
    /** A filter, order or page token that cannot be used. */
    INVALID_QUERY(Blame.USER, Retry.NEVER),
    /** An immutable field would change. */
    IMMUTABLE_FIELD(Blame.USER, Retry.NEVER),
    /** A request id was used before for another request. */
    REQUEST_ID_REUSED(Blame.USER, Retry.NEVER),
    /** Nothing has this name. */
    NOT_FOUND(Blame.USER, Retry.NEVER),
    /** The name is taken. */
    ALREADY_EXISTS(Blame.USER, Retry.NEVER),
    /** The etag is not the present one. */
    ETAG_MISMATCH(Blame.USER, Retry.NEVER),
    /** The plan is not the one that was approved or asked for. */
    PLAN_DIGEST_CHANGED(Blame.USER, Retry.NEVER),
    /** Others refer to what would be deleted. */
    STILL_REFERENCED(Blame.USER, Retry.NEVER),
    /** Deletion protection is on. */
    DELETION_PROTECTED(Blame.POLICY, Retry.NEVER),
    /** The resource's state does not allow this. */
    TRANSITION_NOT_ALLOWED(Blame.USER, Retry.NEVER),
    /** Rules say no. */
    POLICY_DENIED(Blame.POLICY, Retry.NEVER),
    /** No token, or one that is not valid. */
    NOT_AUTHENTICATED(Blame.USER, Retry.NEVER),
    /** The caller may not do this. */
    PERMISSION_DENIED(Blame.POLICY, Retry.NEVER),
    /** The requester may not approve. */
    SELF_APPROVAL_FORBIDDEN(Blame.POLICY, Retry.NEVER),
    /** The approver is in none of the groups that are asked. */
    APPROVER_NOT_ELIGIBLE(Blame.POLICY, Retry.NEVER),
    /** An approval rule asks for more people than there are who could approve. */
    APPROVERS_TOO_FEW(Blame.USER, Retry.NEVER),
    /** Larger, longer or more than the gateway takes. */
    LIMIT_EXCEEDED(Blame.CAPACITY, Retry.LATER),
    /** A watcher that does not read fast enough. */
    SLOW_CONSUMER(Blame.CAPACITY, Retry.LATER),
    /** The caller went away. */
    CALL_CANCELLED(Blame.USER, Retry.NEVER),
    /** The caller's deadline passed. */
    DEADLINE_EXCEEDED(Blame.CAPACITY, Retry.LATER),
    /** The method does not exist. */
    METHOD_NOT_FOUND(Blame.USER, Retry.NEVER),
    /** Somebody else wrote the same record meanwhile. */
    REVISION_CONFLICT(Blame.CAPACITY, Retry.LATER),
    /** The store cannot be read or written now: read-only, full, or closed. */
    STORE_UNAVAILABLE(Blame.CAPACITY, Retry.LATER),
    /** No Nomad server of the cluster answered. */
    NOMAD_UNREACHABLE(Blame.NOMAD, Retry.LATER),
    /** Nomad does not accept the gateway's token. */
    NOMAD_PERMISSION_DENIED(Blame.NOMAD, Retry.NEVER),
    /** Nomad refused the job or the request, with its own words. */
    NOMAD_REJECTED(Blame.USER, Retry.NEVER),
    /** Somebody else changed the Nomad job meanwhile. */
    NOMAD_CONFLICT(Blame.NOMAD, Retry.NEVER),
    /** Nomad does not know what was asked for. */
    NOMAD_NOT_FOUND(Blame.NOMAD, Retry.NEVER),
    /** Canaries cannot be promoted because not all of them are healthy now. */
    NOMAD_CANARY_UNHEALTHY(Blame.NOMAD, Retry.LATER),
    /** The Nomad deployment is over, so it cannot be promoted or failed. */
    NOMAD_DEPLOYMENT_ENDED(Blame.NOMAD, Retry.NEVER),
    /** A cluster's address, certificate or token reference cannot be used. */
    CLUSTER_SETTINGS_INVALID(Blame.USER, Retry.NEVER),
    /** The environment's namespace does not exist in Nomad. */
    NAMESPACE_NOT_FOUND(Blame.USER, Retry.NEVER),
    /** The gateway is going down; another one, or the same one soon, will answer. */
    SHUTTING_DOWN(Blame.CAPACITY, Retry.LATER),
    /** A fault of Drover. */
    INTERNAL(Blame.BUG, Retry.NEVER);

    /** Whose fault it is; failures are counted by it. */
    public enum Blame {
        /** The caller's. */
        USER,
        /** A rule that says no, as it should. */
        POLICY,
        /** Too much at once, or too little room. */
        CAPACITY,
        /** The Nomad cluster's. */
        NOMAD,
        /** Drover's. */
        BUG
    }

    private enum Retry {
        NEVER,
        LATER
    }

    private final Blame blame;
    private final Retry retry;

    Reason(Blame blame, Retry retry) {
        this.blame = blame;
        this.retry = retry;
    }

    /** Whose fault it is. */
    public Blame blame() {
        return blame;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retry == Retry.LATER;
    }
}
