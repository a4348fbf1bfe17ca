package dev.drover.provider.framework;

import java.util.Map;

/** What goes along with one call of a handler: messages, cancellation, private state. */
public final class Call {
    private final Diagnostics diagnostics = new Diagnostics();
    private final Cancellation cancellation;
    private volatile PrivateState privateState = new PrivateState(Map.of());
    private volatile Value kept = Absent.NULL;

    public Call(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    public PrivateState privateState() {
        return privateState;
    }

    /** Called once, before the handler, with what the client sent. */
    public void privateState(PrivateState received) {
        privateState = received;
    }

    /**
     * Notes what exists by now, so that it is stored (as tainted, on creation) should the handler
     * fail from here on.
     */
    public void keep(Value state) {
        kept = state;
    }

    /** The last state noted by {@link #keep}; null if there is none. */
    public Value kept() {
        return kept;
    }
}
