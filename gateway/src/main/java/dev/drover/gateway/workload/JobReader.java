package dev.drover.gateway.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.error.GatewayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a job and what hangs on it. */
final class JobReader {
    /** Each is a question to a node; more than that many nobody reads. */
    private static final int CHECKED_MAX = 50;

    private final NomadCluster cluster;
    private final String namespace;

    JobReader(NomadCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** The allocations come last but for their checks: they are never older than the deployment. */
    JobSight read(String id) {
        Optional<RunningJob> job = cluster.job(namespace, id);
        if (job.isEmpty()) {
            return JobSight.absent(id);
        }
        var versions = cluster.versions(namespace, id);
        Optional<JobDeployment> deployment =
                cluster.latestDeployment(namespace, id)
                        .filter(one -> one.job().version() == job.get().version())
                        .filter(one -> one.job().createIndex() == job.get().indexes().create());
        var evaluations = cluster.evaluations(namespace, id);
        List<Allocation> allocations = cluster.allocations(namespace, id);
        return new JobSight(
                id,
                job,
                versions,
                deployment,
                evaluations,
                allocations,
                checks(job.get(), allocations));
    }

    private JobSight.Checks checks(RunningJob job, List<Allocation> allocations) {
        ServiceChecks declared = ServiceChecks.of(job.spec());
        if (!declared.byNomad()) {
            return new JobSight.Checks(Map.of(), declared.message());
        }
        List<Allocation> running = allocations.stream().filter(JobSight::running).toList();
        Map<String, List<CheckResult>> found = new HashMap<>();
        for (Allocation one : running.reversed()) {
            if (found.size() == CHECKED_MAX) {
                return new JobSight.Checks(
                        found, "only those of the newest " + CHECKED_MAX + " allocations are told");
            }
            try {
                found.put(one.id(), cluster.checks(namespace, one.id()));
            } catch (GatewayException unknown) {
                // A node that does not answer is no reason to tell nothing at all; asking on would
                // only take the caller's time.
                return new JobSight.Checks(found, unknown.text());
            }
        }
        return new JobSight.Checks(found, declared.message());
    }

    /**
     * Who carries out the checks that a job declares.
     *
     * @param byNomad whether some are Nomad's own
     */
    record ServiceChecks(boolean byNomad, boolean byConsul) {
        static ServiceChecks of(JsonNode job) {
            boolean nomad = false;
            boolean consul = false;
            for (JsonNode group : job.path("TaskGroups")) {
                for (JsonNode service : services(group)) {
                    if (service.path("Checks").isEmpty()) {
                        continue;
                    }
                    boolean own = "nomad".equals(service.path("Provider").asText());
                    nomad |= own;
                    consul |= !own;
                }
            }
            return new ServiceChecks(nomad, consul);
        }

        private static List<JsonNode> services(JsonNode group) {
            List<JsonNode> services = new ArrayList<>();
            group.path("Services").forEach(services::add);
            group.path("Tasks").forEach(task -> task.path("Services").forEach(services::add));
            return services;
        }

        String message() {
            return byConsul
                    ? "checks of services with the provider consul are known to Consul only"
                    : "";
        }
    }
}
