package dev.drover.gateway.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a deployment is in one group.
 *
 * @param desiredCanaries 0 = this group has no canary step
 * @param placedCanaries allocation ids, replaced ones included
 * @param requireProgressBy empty until the first allocation is placed: until then no deadline runs
 *     in Nomad
 */
public record DeploymentGroup(
        boolean autoRevert,
        boolean promoted,
        int desiredCanaries,
        List<String> placedCanaries,
        Counts allocations,
        Duration progressDeadline,
        Optional<Instant> requireProgressBy) {

    public DeploymentGroup {
        placedCanaries = List.copyOf(placedCanaries);
    }

    /**
     * Allocation counters. {@code healthy} never goes down, not even when a healthy canary crashes:
     * before promoting look at the allocations. {@code desired} is the full count also while only
     * canaries are placed.
     */
    public record Counts(int desired, int placed, int healthy, int unhealthy) {}

    /** Whether this group waits for its canaries to be promoted. */
    public boolean awaitsPromotion() {
        return desiredCanaries > 0 && !promoted;
    }
}
