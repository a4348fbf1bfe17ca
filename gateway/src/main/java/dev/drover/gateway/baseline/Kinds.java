package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of kinds: every noun that the generic service serves. */
public final class Kinds {
    private final Map<String, Kind<?>> byType = new LinkedHashMap<>();

    private Kinds() {}

    /** A table of these kinds. */
    public static Kinds of(List<? extends Kind<?>> kinds) {
        Kinds table = new Kinds();
        for (Kind<?> kind : kinds) {
            if (table.byType.put(kind.resource().getType(), kind) != null) {
                throw new IllegalArgumentException(kind.resource().getType() + " is there twice");
            }
        }
        return table;
    }

    /** All of them. */
    public Collection<Kind<?>> all() {
        return List.copyOf(byType.values());
    }

    /** The kind of a resource type, for example {@code drover.dev/Environment}. */
    public Kind<?> byType(String type) {
        Kind<?> kind = byType.get(type);
        if (kind == null) {
            throw new IllegalArgumentException(type + " is not in the table of kinds");
        }
        return kind;
    }

    /** The kind of a message. */
    @SuppressWarnings("unchecked")
    public <M extends Message> Kind<M> of(Class<M> message) {
        for (Kind<?> kind : byType.values()) {
            if (message.isInstance(kind.prototype())) {
                return (Kind<M>) kind;
            }
        }
        throw new IllegalArgumentException(message + " is not in the table of kinds");
    }

    /** The kind whose names begin the names of this one. */
    public Optional<Kind<?>> parentOf(Kind<?> kind) {
        if (kind.pattern().isTop()) {
            return Optional.empty();
        }
        String wanted = kind.pattern().parent().text();
        for (Kind<?> each : byType.values()) {
            if (each.pattern().text().equals(wanted)) {
                return Optional.of(each);
            }
        }
        throw new IllegalArgumentException(
                kind.resource().getType() + ": no kind has the names " + wanted);
    }
}
