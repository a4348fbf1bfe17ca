package dev.drover.gateway.cluster;

/** How many allocations of one group the scheduler would touch, and how. */
public record DesiredUpdates(
        long ignore,
        long place,
        long migrate,
        long stop,
        long inPlaceUpdate,
        long destructiveUpdate,
        long canary) {}
