package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.RunningJob;
import java.util.List;
import java.util.Optional;

/**
 * All that Nomad tells about one job at one time. Of the whole: seeing it twice, or late, does no
 * harm.
 *
 * @param job the job as it is registered now
 * @param evaluation that of the phase's registration, while Nomad knows it
 * @param deployment that of the phase's registration, while Nomad knows it
 * @param allocations of all versions
 */
public record JobSight(
        Optional<RunningJob> job,
        Optional<Evaluation> evaluation,
        Optional<JobDeployment> deployment,
        List<Allocation> allocations) {
    public JobSight {
        allocations = List.copyOf(allocations);
    }
}
