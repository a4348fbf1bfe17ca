package dev.drover.gateway.cluster;

/** A running subscription to changes of jobs; closing it ends the subscription. */
public interface Watch extends AutoCloseable {

    /** How the subscription stands now. */
    WatchState state();

    @Override
    void close();
}
