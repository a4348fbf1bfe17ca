package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobRun;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks Nomad what registering a job would do, and tells it without sensitive values.
 *
 * @param restores whether it is about what ran before, which is not tried out again
 */
record DryRun(NomadCluster cluster, PlanRequest request, Secrets secrets, boolean restores) {

    /**
     * What would happen to one job.
     *
     * @throws GatewayException what Nomad says, without sensitive values and without a cause, which
     *     would have them
     */
    JobPlan of(RenderedJob job, List<String> baselineChanges) {
        Redaction redaction = redaction(job);
        String namespace = Namespaces.of(request.nouns().environment());
        ObjectNode revealed =
                Placeholders.reveal(job.spec(), request.nouns().environment().getName(), secrets);
        try {
            JobPlan.Builder plan =
                    DryRunAnswer.plan(
                            job, baselineChanges, cluster.plan(namespace, revealed), redaction);
            plan.addAllPhases(phases(job, plan, namespace));
            return plan.getChange() == JobPlan.Change.NONE
                    ? plan.setWarnings(warnings(plan, namespace, redaction)).build()
                    : plan.build();
        } catch (GatewayException refused) {
            throw new GatewayException(
                    refused.reason(),
                    redaction.sentence(refused.text()),
                    safe(refused.details(), redaction).with("job", job.id()));
        }
    }

    /**
     * Whether Nomad would make another version of the job.
     *
     * @throws GatewayException as {@link #of}
     */
    boolean changes(RenderedJob job) {
        return of(job, List.of()).getChange() != JobPlan.Change.NONE;
    }

    private List<PlannedPhase> phases(RenderedJob job, JobPlan.Builder plan, String namespace) {
        Strategy declared = request.strategy(job.id());
        Strategy strategy =
                restores && !declared.hasRecreate() ? Strategy.getDefaultInstance() : declared;
        Optional<JobRun> run =
                request.declared(job.id())
                        .filter(one -> one.hasRun() && !restores)
                        .map(ApplicationJob::getRun);
        boolean runs =
                strategy.hasRecreate()
                        && cluster.job(namespace, job.id())
                                .filter(now -> !now.stopped())
                                .isPresent();
        return PhasePlan.of(
                plan.getChange(),
                new PlannedJob(job, strategy, plan.getDesiredUpdatesMap(), runs),
                run);
    }

    /**
     * Nothing to do is not the same as all is well: the job may be there unchanged because its last
     * rollout failed.
     */
    private String warnings(JobPlan.Builder plan, String namespace, Redaction redaction) {
        return cluster.latestDeployment(namespace, plan.getJob())
                .filter(deployment -> deployment.status() == DeploymentStatus.FAILED)
                .map(deployment ->
                        "nothing changes in the job, but its last deployment failed: "
                                + redaction.sentence(deployment.description()))
                .map(note -> plan.getWarnings().isEmpty() ? note : plan.getWarnings() + "\n" + note)
                .orElse(plan.getWarnings());
    }

    private Redaction redaction(RenderedJob job) {
        Stream<RenderedJob> before =
                request.earlier().stream().flatMap(earlier -> earlier.job(job.id()).stream());
        return Redaction.of(
                secrets, Stream.concat(Stream.of(job), before).map(RenderedJob::spec).toList());
    }

    private static ErrorDetails safe(ErrorDetails details, Redaction redaction) {
        ErrorDetails safe = ErrorDetails.NONE;
        for (var value : details.metadata().entrySet()) {
            safe = safe.with(value.getKey(), redaction.sentence(value.getValue()));
        }
        return details.retryAfter().map(safe::withRetryAfter).orElse(safe);
    }
}
