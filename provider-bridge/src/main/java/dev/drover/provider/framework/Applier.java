package dev.drover.provider.framework;

import java.util.List;

/** Carries out a plan and checks what the resource says it has done. */
public final class Applier {
    private Applier() {}

    /** The state to store: null after a deletion, or when nothing is known to exist. */
    public static Value apply(
            Resource resource, Value config, Value prior, Value planned, Call call) {
        if (!(planned instanceof Value.Entries wanted)) {
            resource.delete((Value.Entries) prior, call);
            return Absent.NULL;
        }
        Change change = new Change((Value.Entries) config, prior, wanted);
        Value state =
                prior.isNull() ? resource.create(change, call) : resource.update(change, call);
        if (state.isNull() && !call.diagnostics().hasErrors()) {
            call.diagnostics()
                    .error(
                            "The provider returned no state",
                            "After this apply the object should exist, but the provider says nothing about it. This is"
                                    + " a fault of the provider.");
        }
        return settled(resource.schema(), state, wanted, call);
    }

    /**
     * A state as the protocol wants it: spelled as planned, no write-only values, nothing unknown.
     */
    public static Value settled(Schema schema, Value state, Value planned, Call call) {
        if (!(state instanceof Value.Entries entries)) {
            return Absent.NULL;
        }
        Value.Entries spelled =
                Spelling.ofReference(schema, WriteOnly.cleared(schema, entries), planned);
        return spelled.isWhollyKnown() ? spelled : withoutUnknown(schema, spelled, call);
    }

    private static Value withoutUnknown(Schema schema, Value.Entries state, Call call) {
        return Walk.over(
                schema,
                state,
                List.of(),
                (path, attribute, value, others) -> {
                    // Objects are entered, so that only their unknown parts are lost.
                    boolean entered = attribute.nested().isPresent() && !value.isUnknown();
                    if (entered || value.isWhollyKnown()) {
                        return value;
                    }
                    call.diagnostics()
                            .error(
                                    path,
                                    "The provider left a value unknown",
                                    "After the call "
                                            + path
                                            + " should be known. This is a fault of the provider.");
                    return Absent.NULL;
                });
    }
}
