package dev.drover.provider.resource;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one run of Terraform has shown of resource names so far: which its state holds, and which it
 * is about to create. A plan needs both: the gateway knows nothing of the rest of the plan.
 */
final class RunNames {
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> planned = ConcurrentHashMap.newKeySet();

    /** A run begins. */
    void clear() {
        held.clear();
        planned.clear();
    }

    /** The state holds it: if it is to be created again, it will be deleted before. */
    void hold(String name) {
        held.add(name);
    }

    /** It is gone. */
    void forget(String name) {
        held.remove(name);
    }

    boolean isHeld(String name) {
        return held.contains(name);
    }

    /** It will exist when whatever refers to it is applied. */
    void plan(String name) {
        planned.add(name);
    }

    boolean isPlanned(String name) {
        return planned.contains(name);
    }
}
