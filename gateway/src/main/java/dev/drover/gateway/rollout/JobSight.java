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
 * @param evaluation that of the phase's registration, while Nomad knows it; not asked for once its
 *     deployment places allocations
 * @param deployment that of the phase's registration, while Nomad knows it
 * @param allocations of all versions
 * @param run what the job launched for a phase
 */
public record JobSight(
        Optional<RunningJob> job,
        Optional<Evaluation> evaluation,
        Optional<JobDeployment> deployment,
        List<Allocation> allocations,
        Optional<Run> run) {
    public JobSight {
        allocations = List.copyOf(allocations);
    }

    /** A job that launched nothing. */
    public JobSight(
            Optional<RunningJob> job,
            Optional<Evaluation> evaluation,
            Optional<JobDeployment> deployment,
            List<Allocation> allocations) {
        this(job, evaluation, deployment, allocations, Optional.empty());
    }

    /** A launched job, while Nomad knows it. */
    public record Run(Optional<RunningJob> job, List<Allocation> allocations) {
        public Run {
            allocations = List.copyOf(allocations);
        }
    }
}
