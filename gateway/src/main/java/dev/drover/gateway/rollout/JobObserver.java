package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.Phase;
import java.util.List;
import java.util.Optional;

/** Looks at all that Nomad knows about the job of a phase. */
public final class JobObserver {
    private final NomadCluster cluster;
    private final String namespace;

    /** Looks in one namespace of one cluster. */
    public JobObserver(NomadCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /**
     * Looks. The deployment comes first: neither the job, which tells why it was cancelled, nor the
     * allocations are older.
     */
    public JobSight look(Phase phase) {
        Optional<JobDeployment> deployment = deployment(phase);
        Optional<RunningJob> job = cluster.job(namespace, phase.getJob());
        Optional<Evaluation> evaluation =
                phase.getEvaluationId().isEmpty() || goesOn(deployment)
                        ? Optional.empty()
                        : cluster.evaluation(namespace, phase.getEvaluationId());
        List<Allocation> allocations = cluster.allocations(namespace, phase.getJob());
        return new JobSight(job, evaluation, deployment, allocations, run(phase));
    }

    /** Whether there is nothing that only the evaluation would tell: why nothing is placed. */
    private static boolean goesOn(Optional<JobDeployment> deployment) {
        return deployment
                .filter(one -> one.status() != DeploymentStatus.FAILED)
                .filter(one ->
                        one.groups().values().stream()
                                .anyMatch(group -> group.allocations().placed() > 0))
                .isPresent();
    }

    private Optional<JobSight.Run> run(Phase phase) {
        String run = phase.getRunJob();
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new JobSight.Run(
                                cluster.job(namespace, run), cluster.allocations(namespace, run)));
    }

    /** The deployment of this phase's registration, not just the newest one. */
    private Optional<JobDeployment> deployment(Phase phase) {
        if (!phase.getDeploymentId().isEmpty()) {
            return cluster.deployment(namespace, phase.getDeploymentId());
        }
        return cluster.latestDeployment(namespace, phase.getJob())
                .filter(one -> one.job().specIndex() == phase.getJobModifyIndex());
    }
}
