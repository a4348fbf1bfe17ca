package dev.drover.gateway.promotion;

/** What befalls a gateway between two things that it does. */
interface Fate {
    /**
     * Asked before and after everything that a gateway asks of the store or of Nomad.
     *
     * @param deed what it is about to do or has just done, such as "commit" or "register"
     * @throws Crash where the gateway dies here
     * @throws dev.drover.gateway.error.GatewayException where the answer, or the question, gets
     *     lost
     */
    void at(Moment moment, String deed);

    /** Before the deed, or after it and before its outcome is known. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** The gateway is dead: nothing that it held in memory is there any more. */
    final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the gateway dies here", null, false, false);
        }
    }
}
