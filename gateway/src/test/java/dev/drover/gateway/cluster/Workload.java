package dev.drover.gateway.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How the instances of a group behave on the simulated Nomad. */
public sealed interface Workload {

    /** Runs {@code after} its placement and stays up. */
    Workload HEALTHY = new Runs(Duration.ofMillis(600));

    /** Ends with exit code 1 half a second after its placement. */
    Workload CRASHING = new Crashes(Duration.ofMillis(500), 1);

    /**
     * Runs {@code after} its placement and stays up; healthy when the minimum healthy time has
     * passed then.
     */
    record Runs(Duration after) implements Workload {}

    /**
     * Runs at once and ends {@code after} its placement; was healthy if the minimum healthy time is
     * shorter.
     */
    record Crashes(Duration after, int exitCode) implements Workload {}

    /** Never gets to run; unhealthy at the healthy deadline. */
    record NeverStarts() implements Workload {}

    /** Fits on no node. */
    record FitsNowhere(String constraint) implements Workload {

        PlacementFailure failure(long allocations) {
            return new PlacementFailure(
                    new PlacementFailure.NodeCounts(1, 1, 1, 0, Map.of("dc1", 1L)),
                    Map.of(constraint, 1L),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    allocations);
        }
    }
}
