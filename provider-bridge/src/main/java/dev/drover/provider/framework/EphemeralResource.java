package dev.drover.provider.framework;

/**
 * Something that is made for one command and gone after it; it is in no state and no plan. What
 * {@link #close} has to know goes into the call's private state by {@link #open}.
 */
public interface EphemeralResource {
    Schema schema();

    /**
     * Checks a block beyond its schema. Unknown values may stand anywhere and must be let through.
     */
    default void validate(Value.Entries config, Call call) {}

    /** Makes it, and gives its values, wholly known; with an error null. */
    Value open(Value.Entries config, Call call);

    /** Ends it; one that has ended already is fine. */
    void close(Call call);
}
