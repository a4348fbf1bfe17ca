package dev.drover.gateway.plan;

import java.util.List;
import java.util.Map;

/**
 * Sensitive values, held in memory only.
 *
 * @param current by variable
 * @param former values that were current once, as far as they are still known
 */
public record Secrets(Map<String, String> current, List<String> former) {

    /** No sensitive values. */
    public static final Secrets NONE = new Secrets(Map.of(), List.of());

    public Secrets {
        current = Map.copyOf(current);
        former = List.copyOf(former);
    }

    /** Tells names only: a record's own text would hold the values. */
    @Override
    public String toString() {
        return "Secrets" + current.keySet();
    }
}
