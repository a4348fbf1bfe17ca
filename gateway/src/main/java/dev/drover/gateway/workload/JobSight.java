package dev.drover.gateway.workload;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.PlacementFailure;
import dev.drover.gateway.cluster.RunningJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that Nomad tells about a job at one moment.
 *
 * @param job empty: Nomad has none of this id
 * @param deployment that of the registered version
 * @param allocations the oldest first
 */
record JobSight(
        String id,
        Optional<RunningJob> job,
        List<JobVersion> versions,
        Optional<JobDeployment> deployment,
        List<Evaluation> evaluations,
        List<Allocation> allocations,
        Checks checks) {

    /**
     * Checks of allocations.
     *
     * @param found by allocation
     * @param message why some are not told; empty where all are
     */
    record Checks(Map<String, List<CheckResult>> found, String message) {
        static final Checks NONE = new Checks(Map.of(), "");

        Checks {
            found = Map.copyOf(found);
        }

        List<CheckResult> of(Allocation allocation) {
            return found.getOrDefault(allocation.id(), List.of());
        }
    }

    static JobSight absent(String id) {
        return new JobSight(
                id,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Checks.NONE);
    }

    /** Why allocations wait for a place now, by group. */
    Map<String, PlacementFailure> placementFailures() {
        return evaluations.stream()
                .filter(one -> one.status().equals("blocked"))
                .findFirst()
                .map(Evaluation::placementFailures)
                .orElse(Map.of());
    }

    /** Allocations that Nomad wants to run. */
    List<Allocation> wanted() {
        return allocations.stream().filter(JobSight::wanted).toList();
    }

    static boolean wanted(Allocation one) {
        return "run".equals(one.state().desired());
    }

    static boolean running(Allocation one) {
        return wanted(one) && one.state().client() == ClientStatus.RUNNING;
    }

    static boolean unhealthy(Allocation one) {
        return one.state().healthy().equals(Optional.of(false));
    }

    boolean deploying() {
        return deployment.filter(one -> !one.status().ended()).isPresent();
    }
}
