package dev.drover.provider.framework;

/** A kind of object that is only read. */
public interface DataSource {
    Schema schema();

    /**
     * Checks a block beyond its schema. Unknown values may stand anywhere and must be let through.
     */
    default void validate(Value.Entries config, Call call) {}

    /** The values, wholly known. What is not there is an error diagnostic, never null. */
    Value read(Value.Entries config, Call call);
}
