package dev.drover.provider.framework;

import java.util.Optional;
import java.util.function.Predicate;

/** Finds the objects of a resource, managed or not. The resource has an identity. */
public interface ListResource {
    /** What a list can be narrowed down by. */
    Schema schema();

    /**
     * Checks a block beyond its schema. Unknown values may stand anywhere and must be let through.
     */
    default void validate(Value.Entries config, Call call) {}

    /**
     * Finds objects, one after the other.
     *
     * @param whole whether states are wanted too
     * @param found takes each; false: no more are wanted
     */
    void list(Value.Entries config, boolean whole, Predicate<Found> found, Call call);

    /**
     * One object.
     *
     * @param identity as the resource tells it
     * @param displayName what people call it
     * @param state as the resource would read it
     */
    record Found(Value.Entries identity, String displayName, Optional<Value.Entries> state) {}
}
