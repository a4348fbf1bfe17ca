package dev.drover.provider.sample;

import dev.drover.provider.framework.Value;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The "cloud" behind the sample provider. */
final class Things {
    final Map<String, Value.Entries> byId = new ConcurrentHashMap<>();
    final Map<String, String> passwords = new ConcurrentHashMap<>();
    final CountDownLatch slowCreateStarted = new CountDownLatch(1);
    private int changes;

    Value.Entries get(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    synchronized String nextEtag() {
        return "e" + ++changes;
    }
}
