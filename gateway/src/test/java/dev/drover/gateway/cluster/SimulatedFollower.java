package dev.drover.gateway.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that the leader cannot reach: it goes on telling of jobs as they were. */
record SimulatedFollower(Map<String, Seen> jobs, Map<String, Evaluation> evaluations) {
    SimulatedFollower {
        jobs = Map.copyOf(jobs);
        evaluations = Map.copyOf(evaluations);
    }

    /** A job with what hangs on it. */
    record Seen(
            RunningJob job,
            List<JobVersion> versions,
            List<JobDeployment> deployments,
            List<Allocation> allocations) {}

    /** One that knows everything up to now. */
    static SimulatedFollower of(
            Collection<SimulatedJob> jobs, Map<String, Evaluation> evaluations) {
        Map<String, Seen> seen = new HashMap<>();
        for (SimulatedJob job : jobs) {
            seen.put(
                    key(job.namespace, job.id),
                    new Seen(
                            job.view(),
                            job.versions.reversed().stream().map(job::view).toList(),
                            job.deployments.stream().map(SimulatedDeployment::view).toList(),
                            job.allocations.stream().map(SimulatedAllocation::view).toList()));
        }
        return new SimulatedFollower(seen, evaluations);
    }

    Optional<RunningJob> job(String namespace, String id) {
        return seen(namespace, id).map(Seen::job);
    }

    List<JobVersion> versions(String namespace, String id) {
        return seen(namespace, id).map(Seen::versions).orElse(List.of());
    }

    List<Allocation> allocations(String namespace, String id) {
        return seen(namespace, id).map(Seen::allocations).orElse(List.of());
    }

    Optional<JobDeployment> latestDeployment(String namespace, String id) {
        return seen(namespace, id)
                .map(Seen::deployments)
                .filter(all -> !all.isEmpty())
                .map(List::getLast);
    }

    Optional<JobDeployment> deployment(String id) {
        return jobs.values().stream()
                .flatMap(job -> job.deployments().stream())
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    Optional<Evaluation> evaluation(String id) {
        return Optional.ofNullable(evaluations.get(id));
    }

    private Optional<Seen> seen(String namespace, String id) {
        return Optional.ofNullable(jobs.get(key(namespace, id)));
    }

    private static String key(String namespace, String id) {
        return namespace + "/" + id;
    }
}
