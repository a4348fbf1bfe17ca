package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.JobPlan;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Registration;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.LiveCounts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Does effects in Nomad. It looks before it acts, so an effect that was done already, by a gateway
 * that died or by a call whose answer was lost, is not done again.
 */
public final class EffectPerformer {
    private final NomadCluster cluster;
    private final String namespace;

    /** Acts in one namespace of one cluster. */
    public EffectPerformer(NomadCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** A job as it is registered, and the source that is kept beside it. */
    public record Rendered(ObjectNode spec, Submission submission, boolean preserveCounts) {}

    /**
     * Registers a job.
     *
     * @param wanted whether to register at all; otherwise only looks whether it was
     * @throws GatewayException where nothing can be said yet: try again
     */
    public EffectOutcome register(
            RolloutEffect.Register effect, Rendered rendered, boolean wanted) {
        Optional<RunningJob> before = cluster.job(namespace, effect.job());
        if (index(before) != effect.expectedIndex()) {
            return scaled(effect, rendered, before)
                    ? register(
                            new RolloutEffect.Register(effect.key(), effect.job(), index(before)),
                            new Rendered(
                                    LiveCounts.with(rendered.spec(), before.orElseThrow()),
                                    rendered.submission(),
                                    false),
                            wanted)
                    : takenAsDone(effect, rendered, before);
        }
        if (!wanted) {
            return new EffectOutcome.Dropped();
        }
        try {
            Registration registration =
                    cluster.register(
                            namespace,
                            rendered.spec(),
                            effect.expectedIndex(),
                            rendered.submission());
            return registered(effect, rendered, registration);
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_CONFLICT ->
                        takenAsDone(effect, rendered, cluster.job(namespace, effect.job()));
                case NOMAD_REJECTED, NAMESPACE_NOT_FOUND, NOMAD_NOT_FOUND ->
                        refused(effect, rendered, failure);
                default -> throw failure;
            };
        }
    }

    /** What the job is counts more than what was said: something between may have spoken. */
    private EffectOutcome refused(
            RolloutEffect.Register effect, Rendered rendered, GatewayException failure) {
        Optional<RunningJob> now = cluster.job(namespace, effect.job());
        return index(now) == effect.expectedIndex()
                ? new EffectOutcome.Refused(failure.text())
                : takenAsDone(effect, rendered, now);
    }

    /** Stops a job, unless it is; a job that somebody else changed is left as it is. */
    public EffectOutcome stop(RolloutEffect.StopJob effect, boolean wanted) {
        Optional<RunningJob> before = cluster.job(namespace, effect.job());
        if (before.isEmpty()) {
            return new EffectOutcome.Conflict("the job was purged by somebody else");
        }
        if (before.get().stopped()) {
            return stopped(before.get());
        }
        if (index(before) < effect.expectedIndex()) {
            throw older(effect.job(), effect.expectedIndex(), index(before));
        }
        if (index(before) != effect.expectedIndex()) {
            return changed(before.get(), effect.expectedIndex());
        }
        if (!wanted) {
            return new EffectOutcome.Dropped();
        }
        try {
            OptionalLong index = cluster.stop(namespace, effect.job(), false);
            // What was answered, and not what is read now: a server may lag behind it.
            return index.isPresent()
                    ? new EffectOutcome.Stopped(index.getAsLong(), before.get().indexes().create())
                    : new EffectOutcome.Conflict("the job was purged by somebody else");
        } catch (GatewayException failure) {
            if (failure.reason() != Reason.NOMAD_REJECTED) {
                throw failure;
            }
            return cluster.job(namespace, effect.job())
                    .filter(RunningJob::stopped)
                    .map(EffectPerformer::stopped)
                    .orElseGet(() -> new EffectOutcome.Refused(failure.text()));
        }
    }

    /** Pauses a deployment or lets it go on, unless it is so. */
    public EffectOutcome pause(RolloutEffect.PauseDeployment effect) {
        Optional<JobDeployment> deployment = cluster.deployment(namespace, effect.deploymentId());
        if (deployment.isEmpty() || deployment.get().status().ended()) {
            return new EffectOutcome.Refused("the deployment has ended");
        }
        if (paused(deployment.get()) == effect.paused()) {
            return new EffectOutcome.Done();
        }
        try {
            cluster.pause(namespace, effect.deploymentId(), effect.paused());
            return new EffectOutcome.Done();
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND ->
                        new EffectOutcome.Refused(failure.text());
                case NOMAD_REJECTED ->
                        cluster.deployment(namespace, effect.deploymentId())
                                .filter(now -> paused(now) == effect.paused())
                                .<EffectOutcome>map(now -> new EffectOutcome.Done())
                                .orElseGet(() -> new EffectOutcome.Refused(failure.text()));
                default -> throw failure;
            };
        }
    }

    /** Runs a job once, unless it was run since it was registered. */
    public EffectOutcome run(RolloutEffect.RunJob effect) {
        try {
            return new EffectOutcome.Ran(launched(effect));
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_REJECTED -> refused(effect);
                case NOMAD_NOT_FOUND -> new EffectOutcome.Refused(failure.text());
                default -> throw failure;
            };
        }
    }

    /** Asks once more, which starts nothing twice: something between may have spoken. */
    private EffectOutcome refused(RolloutEffect.RunJob effect) {
        try {
            return new EffectOutcome.Ran(launched(effect));
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_REJECTED, NOMAD_NOT_FOUND -> new EffectOutcome.Refused(failure.text());
                default -> throw failure;
            };
        }
    }

    private String launched(RolloutEffect.RunJob effect) {
        if (effect.dispatched()) {
            return cluster.dispatch(
                    namespace, effect.job(), effect.key(), effect.meta(), effect.payload());
        }
        // Nomad's own schedule may have been first: that run shows the same.
        SortedMap<Long, String> since =
                cluster.launched(namespace, effect.job()).tailMap(effect.after() + 1);
        return since.isEmpty()
                ? cluster.force(namespace, effect.job())
                : since.firstEntry().getValue();
    }

    /** Restarts an allocation, unless it was, or has ended meanwhile. */
    public EffectOutcome restart(RolloutEffect.RestartAllocation effect) {
        Optional<Allocation> now =
                cluster.allocations(namespace, effect.job()).stream()
                        .filter(one -> one.id().equals(effect.allocation()))
                        .findFirst();
        if (now.isEmpty()
                || now.get().state().client().ended()
                || RestartRules.restarts(now.get()) > effect.before()
                || RestartRules.underWay(now.get())) {
            return new EffectOutcome.Done();
        }
        try {
            cluster.restart(namespace, effect.allocation());
            return new EffectOutcome.Done();
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                // It ended meanwhile, which is seen when it is looked at next.
                case NOMAD_NOT_FOUND, NOMAD_REJECTED -> new EffectOutcome.NotNow(failure.text());
                default -> throw failure;
            };
        }
    }

    /** Promotes canaries, unless they are. */
    public EffectOutcome promote(RolloutEffect.PromoteDeployment effect) {
        Optional<JobDeployment> deployment = cluster.deployment(namespace, effect.deploymentId());
        if (deployment.isEmpty() || deployment.get().status().ended()) {
            return new EffectOutcome.Refused("the deployment has ended");
        }
        if (promoted(deployment.get())) {
            return new EffectOutcome.Done();
        }
        try {
            cluster.promote(namespace, effect.deploymentId());
            return new EffectOutcome.Done();
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_CANARY_UNHEALTHY, NOMAD_REJECTED ->
                        cluster.deployment(namespace, effect.deploymentId())
                                .filter(EffectPerformer::promoted)
                                .<EffectOutcome>map(now -> new EffectOutcome.Done())
                                .orElseGet(() ->
                                        new EffectOutcome.NotNow(
                                                "Nomad did not promote: " + failure.text()));
                case NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND ->
                        new EffectOutcome.Refused(failure.text());
                default -> throw failure;
            };
        }
    }

    private static boolean paused(JobDeployment deployment) {
        return deployment.status() == DeploymentStatus.PAUSED;
    }

    private static boolean promoted(JobDeployment deployment) {
        return deployment.groups().values().stream().noneMatch(DeploymentGroup::awaitsPromotion);
    }

    /** Fails a deployment, unless it has ended. */
    public EffectOutcome fail(RolloutEffect.FailDeployment effect) {
        Optional<JobDeployment> deployment = cluster.deployment(namespace, effect.deploymentId());
        if (deployment.isEmpty() || deployment.get().status().ended()) {
            return new EffectOutcome.Done();
        }
        try {
            cluster.fail(namespace, effect.deploymentId());
            return new EffectOutcome.Done();
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND -> new EffectOutcome.Done();
                case NOMAD_REJECTED -> new EffectOutcome.Refused(failure.text());
                default -> throw failure;
            };
        }
    }

    /** Tags a version. A version that cannot be tagged is no reason to fail a promotion. */
    public EffectOutcome tag(RolloutEffect.TagVersion effect) {
        try {
            cluster.tagVersion(
                    namespace, effect.job(), effect.version(), effect.tag(), effect.description());
            return new EffectOutcome.Done();
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_NOT_FOUND, NOMAD_CONFLICT, NOMAD_REJECTED, NOMAD_PERMISSION_DENIED ->
                        new EffectOutcome.Refused(failure.text());
                default -> throw failure;
            };
        }
    }

    /** Whether somebody did nothing but scale a job whose counts are theirs. */
    private boolean scaled(
            RolloutEffect.Register effect, Rendered rendered, Optional<RunningJob> now) {
        return rendered.preserveCounts()
                && now.isPresent()
                && LiveCounts.onlyScaled(
                        cluster.versions(namespace, effect.job()), effect.expectedIndex());
    }

    /**
     * The job is not as it was planned against. Where it has exactly the rendered spec, the
     * registration happened and its answer was lost; otherwise somebody else was here.
     */
    private EffectOutcome takenAsDone(
            RolloutEffect.Register effect, Rendered rendered, Optional<RunningJob> now) {
        if (now.isEmpty() && effect.expectedIndex() > 0) {
            return new EffectOutcome.Conflict("the job was purged by somebody else");
        }
        JobPlan plan = cluster.plan(namespace, rendered.spec());
        if (now.isEmpty() || plan.jobModifyIndex() > index(now)) {
            throw older(effect.job(), index(now), plan.jobModifyIndex());
        }
        if ("None".equals(plan.diffType()) && plan.jobModifyIndex() == now.get().indexes().spec()) {
            return seen(now.get(), "");
        }
        return changed(now.get(), effect.expectedIndex());
    }

    /** A server that lags behind the leader, or a change just now: the next look tells. */
    private static GatewayException older(String job, long first, long then) {
        return new GatewayException(
                Reason.NOMAD_UNREACHABLE,
                "it tells of job \"%s\" as of two times: job modify index %d, then %d"
                        .formatted(job, first, then),
                ErrorDetails.NONE);
    }

    private static EffectOutcome changed(RunningJob job, long expectedIndex) {
        return new EffectOutcome.Conflict(
                "somebody else changed the job to version "
                        + job.version()
                        + " (job modify index "
                        + job.indexes().spec()
                        + ", planned against "
                        + expectedIndex
                        + "); it is left as it is");
    }

    private static EffectOutcome stopped(RunningJob job) {
        return new EffectOutcome.Stopped(job.indexes().spec(), job.indexes().create());
    }

    /**
     * The answer lacks the version, and for an unchanged job the index: the job itself has both.
     */
    private EffectOutcome registered(
            RolloutEffect.Register effect, Rendered rendered, Registration registration) {
        Optional<RunningJob> job = cluster.job(namespace, effect.job());
        return index(job) == registration.jobModifyIndex()
                ? seen(job.orElseThrow(), registration.evaluationId().orElse(""))
                : takenAsDone(effect, rendered, job);
    }

    private static EffectOutcome seen(RunningJob job, String evaluationId) {
        return new EffectOutcome.Registered(
                evaluationId, job.version(), job.indexes().spec(), job.indexes().create());
    }

    private static long index(Optional<RunningJob> job) {
        return job.map(one -> one.indexes().spec()).orElse(0L);
    }
}
