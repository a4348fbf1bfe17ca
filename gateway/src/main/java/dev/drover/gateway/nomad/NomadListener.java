package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.WatchState;
import java.time.Duration;

/** Hears how the traffic with the clusters goes, for metrics; must return at once. */
public interface NomadListener {

    /** A listener that hears nothing. */
    NomadListener SILENT =
            new NomadListener() {
                @Override
                public void finished(String cluster, String call, String outcome, Duration took) {}

                @Override
                public void watchChanged(String cluster, String namespace, WatchState state) {}
            };

    /**
     * A call ended, all its attempts included.
     *
     * @param call its name: plan, register, …
     * @param outcome an HTTP status, or "unreachable"
     */
    void finished(String cluster, String call, String outcome, Duration took);

    /** A subscription went to another phase. */
    void watchChanged(String cluster, String namespace, WatchState state);
}
