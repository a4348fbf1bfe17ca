package dev.drover.gateway.nomad;

/** How sending one request to one server went. */
sealed interface Attempt {

    /** The server answered, perhaps with a refusal. */
    record Answered(Reply reply) implements Attempt {}

    /**
     * Certainly not carried out.
     *
     * @param serverDown no connection came about, as opposed to a server that has no leader now
     */
    record NotDone(String problem, boolean serverDown) implements Attempt {}

    /** The request left, its effect is not known. */
    record Uncertain(String problem) implements Attempt {}
}
