package dev.drover.provider.framework;

import java.util.List;
import java.util.Optional;

/**
 * A kind of managed object. Calls come from several threads at once. A handler reports trouble
 * through {@link Call#diagnostics} or a {@link DiagnosticException}; any other exception becomes
 * "internal error" with an id.
 */
public interface Resource {
    Schema schema();

    /**
     * Checks a block beyond its schema. Unknown values may stand anywhere and must be let through.
     */
    default void validate(Value.Entries config, Call call) {}

    /**
     * Tells of an object in Terraform's state, before anything else in the run is asked about it.
     */
    default void stored(Value.Entries state) {}

    /**
     * Adjusts a plan made from the schema's rules, on creation, update and destruction.
     *
     * @return the plan to show, with further attributes that force a new object; it must keep to
     *     what is configured
     */
    default Plan plan(PlanRequest request, Plan plan, Call call) {
        return plan;
    }

    /**
     * The object as it is now, or null if it is gone. Unset values keep the spelling of {@code
     * current} by themselves.
     */
    Value read(Value.Entries current, Call call);

    /**
     * Creates the object and gives its state, wholly known. With an error: what exists, or null if
     * nothing does.
     */
    Value create(Change change, Call call);

    /**
     * Changes the object and gives its state, wholly known. With an error: what exists, or null for
     * the prior state.
     */
    Value update(Change change, Call call);

    /**
     * Deletes the object; one that is already gone is fine. With an error the object stays in the
     * state.
     */
    void delete(Value.Entries prior, Call call);

    /** What identifies an object; empty: only its state does. */
    default Optional<Identity> identity() {
        return Optional.empty();
    }

    /** The identity of an object, wholly known; never another one while it exists. */
    default Value.Entries identityOf(Value.Entries state) {
        throw new UnsupportedOperationException("a resource with an identity has to tell it");
    }

    /** The same as {@link #importState(String, Call)} for one that is named by its identity. */
    default Value importState(Value.Entries identity, Call call) {
        throw new UnsupportedOperationException("a resource with an identity has to import by it");
    }

    /** A first state from an import id, enough for {@link #read}: the rest is null. */
    default Value importState(String id, Call call) {
        throw new DiagnosticException(
                Diagnostic.error(
                        "Import is not supported",
                        "This resource cannot be imported (id \"" + id + "\")."));
    }

    /**
     * Brings state of an older schema version to the present one. Values are as JSON has them:
     * maps, lists, texts, numbers. What the present schema does not know is dropped afterwards,
     * what is missing becomes null.
     */
    default Value.Entries upgrade(long storedVersion, Value.Entries stored, Call call) {
        return stored;
    }

    /**
     * What a plan starts from.
     *
     * @param config null on destruction
     * @param prior null on creation
     */
    record PlanRequest(Value config, Value prior) {}

    /**
     * A plan.
     *
     * @param planned null on destruction
     * @param requiresReplace attributes whose change needs a new object
     */
    record Plan(Value planned, List<AttributePath> requiresReplace) {
        public Plan {
            requiresReplace = List.copyOf(requiresReplace);
        }
    }
}
