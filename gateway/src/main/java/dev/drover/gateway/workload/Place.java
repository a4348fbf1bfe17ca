package dev.drover.gateway.workload;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Environment;
import java.util.Comparator;
import java.util.List;

/**
 * An application in an environment, and where Nomad has it.
 *
 * @param namespace in Nomad
 */
record Place(
        Application application, Environment environment, NomadCluster cluster, String namespace) {

    /** Ids of its jobs, in the order of their waves. */
    List<String> jobs() {
        return application.getJobsList().stream()
                .sorted(Comparator.comparingInt(ApplicationJob::getWave))
                .map(ApplicationJob::getId)
                .toList();
    }
}
