package dev.drover.gateway.fault;

/**
 * What becomes of a call on its way.
 *
 * @see #done whether Nomad carries it out
 */
enum Damage {
    /** Nomad's own limit of connections. */
    TOO_MANY(false),
    /** A server that has lost its leader. */
    NO_LEADER(false),
    /** Something between answers in Nomad's place. */
    BAD_GATEWAY_BEFORE(false),
    BAD_GATEWAY_AFTER(true),
    /** The same with a page for people, and the status of Nomad's refusals. */
    ERROR_PAGE_BEFORE(false),
    ERROR_PAGE_AFTER(true),
    /** The same in bare text, as Nomad's own refusals are. */
    ERROR_TEXT_AFTER(true),
    /** The leader died over it. */
    EOF_AFTER(true),
    RESET_BEFORE(false),
    RESET_AFTER(true),
    SILENCE_BEFORE(false),
    SILENCE_AFTER(true);

    private final boolean done;

    Damage(boolean done) {
        this.done = done;
    }

    boolean done() {
        return done;
    }
}
