package dev.drover.provider.framework;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads objects and starts imports. */
public final class Reader {
    private Reader() {}

    /** The object as it is now, in the spelling of the stored state; null: it is gone. */
    public static Value read(Resource resource, Value current, Call call) {
        if (!(current instanceof Value.Entries stored)) {
            return Absent.NULL;
        }
        return Applier.settled(resource.schema(), resource.read(stored, call), stored, call);
    }

    /**
     * The first state of an imported object; attributes that the resource does not mention are
     * null.
     */
    public static Value.Entries importState(Resource resource, String id, Call call) {
        return complete(resource, resource.importState(id, call), "the id \"" + id + "\"");
    }

    /** The same for an object that is named by its identity. */
    public static Value.Entries importState(Resource resource, Value.Entries identity, Call call) {
        return complete(resource, resource.importState(identity, call), "this identity");
    }

    private static Value.Entries complete(Resource resource, Value first, String name) {
        if (!(first instanceof Value.Entries stub)) {
            throw new DiagnosticException(
                    Diagnostic.error("Nothing to import", "There is no object with " + name + "."));
        }
        Map<String, Value> complete = new LinkedHashMap<>();
        for (Attribute attribute : resource.schema().attributes()) {
            complete.put(attribute.name(), stub.get(attribute.name()));
        }
        return new Value.Entries(complete);
    }

    /** The values of a data source. */
    public static Value read(DataSource source, Value.Entries config, Call call) {
        return Applier.settled(source.schema(), source.read(config, call), config, call);
    }
}
