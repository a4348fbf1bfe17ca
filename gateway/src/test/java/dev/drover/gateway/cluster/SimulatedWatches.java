package dev.drover.gateway.cluster;

import dev.drover.gateway.cluster.WatchState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands out hints when the clock is advanced, with the faults that a test wishes. */
public final class SimulatedWatches {

    private static final Duration SOON = Duration.ofMillis(1);

    private final SimulatedTime time;
    private final List<Subscription> open = new CopyOnWriteArrayList<>();
    private volatile Function<JobHint, HintFault> faults = hint -> HintFault.NONE;

    SimulatedWatches(SimulatedTime time) {
        this.time = time;
    }

    /** Decides what becomes of each hint. */
    public void faults(Function<JobHint, HintFault> byHint) {
        faults = byHint;
    }

    /**
     * Breaks all subscriptions; they are back after this long, and say so with {@link
     * JobHint#EVERYTHING}.
     */
    public void interrupt(Duration outage) {
        open.forEach(subscription -> subscription.interrupt(outage));
    }

    Watch open(String namespace, Consumer<JobHint> hints) {
        Subscription subscription = new Subscription(namespace, hints);
        open.add(subscription);
        time.after(SOON, subscription::connect);
        return subscription;
    }

    void hint(JobHint hint) {
        for (Duration delay : faults.apply(hint).deliveries()) {
            time.after(delay, () -> open.forEach(subscription -> subscription.deliver(hint)));
        }
    }

    private final class Subscription implements Watch {
        private final String namespace;
        private final Consumer<JobHint> hints;
        private volatile WatchState state =
                new WatchState(Phase.CONNECTING, time.instant(), "", 0, 0);

        Subscription(String namespace, Consumer<JobHint> hints) {
            this.namespace = namespace;
            this.hints = hints;
        }

        @Override
        public WatchState state() {
            return state;
        }

        @Override
        public void close() {
            open.remove(this);
            enter(Phase.CLOSED, state.connections(), state.hints());
        }

        void connect() {
            if (state.phase() != Phase.CLOSED) {
                enter(Phase.LIVE, state.connections() + 1, state.hints());
                deliver(JobHint.EVERYTHING);
            }
        }

        void interrupt(Duration outage) {
            enter(Phase.BACKING_OFF, state.connections(), state.hints());
            time.after(outage, this::connect);
        }

        void deliver(JobHint hint) {
            boolean mine =
                    hint.everything()
                            || namespace.equals(NomadCluster.ALL_NAMESPACES)
                            || namespace.equals(hint.namespace());
            if (mine && state.phase() == Phase.LIVE) {
                state =
                        new WatchState(
                                Phase.LIVE,
                                state.since(),
                                "",
                                state.connections(),
                                state.hints() + 1);
                hints.accept(hint);
            }
        }

        private void enter(Phase phase, long connections, long hintCount) {
            state = new WatchState(phase, time.instant(), "", connections, hintCount);
        }
    }
}
