package dev.drover.provider.framework;

import java.util.Map;
import java.util.TreeMap;

/**
 * Texts that travel with an object's state and that users do not see; changes are stored with the
 * call's result.
 */
public final class PrivateState {
    private final Map<String, String> texts;

    public PrivateState(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /** The text under a key; empty where there is none. */
    public synchronized String get(String key) {
        return texts.getOrDefault(key, "");
    }

    public synchronized void put(String key, String text) {
        texts.put(key, text);
    }

    public synchronized void remove(String key) {
        texts.remove(key);
    }

    public synchronized Map<String, String> all() {
        return Map.copyOf(texts);
    }
}
