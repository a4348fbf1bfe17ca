package dev.drover.gateway.api.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Whether the gateway takes calls; health checks of every face read it. Any thread may call. */
public final class Readiness {
    private final List<Consumer<Boolean>> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean ready;

    /** Whether it takes calls. */
    public boolean ready() {
        return ready;
    }

    /** Changes it and tells the watchers. */
    public void set(boolean now) {
        ready = now;
        watchers.forEach(watcher -> watcher.accept(now));
    }

    /** Tells this watcher now and at every change. */
    public Runnable watch(Consumer<Boolean> watcher) {
        watchers.add(watcher);
        watcher.accept(ready);
        return () -> watchers.remove(watcher);
    }
}
