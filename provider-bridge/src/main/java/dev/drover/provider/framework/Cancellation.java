package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.List;

/**
 * Asked for by Ctrl-C: calls should end soon, with the state they have reached. Nothing is
 * interrupted.
 */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean requested;

    public boolean isRequested() {
        return requested;
    }

    /**
     * Runs the listener when cancellation is asked for, or at once when it has been; it must not
     * block.
     */
    public void onRequest(Runnable listener) {
        synchronized (listeners) {
            if (!requested) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Asks; a second time does nothing. */
    public void request() {
        List<Runnable> told;
        synchronized (listeners) {
            requested = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }
}
