package dev.drover.gateway.cluster;

import dev.drover.gateway.cluster.SimulatedDeployment.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Deployments: health, promotion, failure, going back. */
final class SimulatedWatcher {

    /** Nomad looks at changed health once per second and job, plus a quarter for all jobs. */
    private static final Duration BATCHING = Duration.ofMillis(1250);

    private static final Duration REVERT = Duration.ofMillis(2);

    private final SimulatedState state;
    private final SimulatedScheduler scheduler;

    SimulatedWatcher(SimulatedState state, SimulatedScheduler scheduler) {
        this.state = state;
        this.scheduler = scheduler;
    }

    /**
     * Nomad makes a deployment for every version of a service or system job that changes an
     * instance, unless max_parallel is 0.
     */
    Optional<SimulatedDeployment> createIfNeeded(
            SimulatedJob job, Collection<SimulatedPass> passes) {
        boolean updates = passes.stream().anyMatch(p -> p.group().update().maxParallel() > 0);
        if (!SimulatedSpec.stays(job.type())
                || !updates
                || passes.stream().noneMatch(SimulatedPass::changes)) {
            return Optional.empty();
        }
        SimulatedDeployment deployment =
                new SimulatedDeployment(
                        state.newId(),
                        new DeployedJob(
                                job.namespace,
                                job.id,
                                job.current().number,
                                job.createIndex,
                                job.current().specIndex));
        for (SimulatedPass pass : passes) {
            int canaries = pass.missingCanaries() > 0 ? pass.group().update().canary() : 0;
            deployment.groups.put(pass.group().name(), new Progress(pass.group(), canaries));
        }
        deployment.modifyIndex = state.nextIndex();
        job.deployments.add(deployment);
        return Optional.of(deployment);
    }

    void placed(SimulatedJob job, SimulatedDeployment deployment, SimulatedAllocation allocation) {
        Progress progress = deployment.groups.get(allocation.group);
        if (progress == null || !deployment.active()) {
            return;
        }
        progress.placed++;
        if (allocation.canary) {
            progress.placedCanaries.add(allocation.id);
        }
        if (progress.requireProgressBy.isEmpty()) {
            renewDeadline(job, deployment, progress);
        }
    }

    void healthReported(SimulatedJob job, SimulatedAllocation allocation, boolean healthy) {
        job.deployments.stream()
                .filter(d -> d.id.equals(allocation.deploymentId) && d.active())
                .findFirst()
                .ifPresent(deployment -> count(job, deployment, allocation, healthy));
        state.touch(job);
    }

    private void count(
            SimulatedJob job,
            SimulatedDeployment deployment,
            SimulatedAllocation allocation,
            boolean healthy) {
        Progress progress = deployment.groups.get(allocation.group);
        if (progress == null) {
            return;
        }
        deployment.modifyIndex = state.nextIndex();
        if (!healthy) {
            progress.unhealthy++;
            if (!progress.group.rescheduled()) {
                fail(job, deployment, "Failed due to unhealthy allocations");
            }
            return;
        }
        progress.healthy++;
        renewDeadline(job, deployment, progress);
        if (autoPromotable(job, deployment)) {
            promote(job, deployment);
        } else if (!job.watcherDue) {
            job.watcherDue = true;
            state.after(
                    BATCHING,
                    () -> {
                        job.watcherDue = false;
                        scheduler.evaluate(job, "deployment-watcher", Duration.ZERO);
                    });
        }
    }

    void endIfThrough(SimulatedJob job, SimulatedDeployment deployment) {
        boolean through =
                deployment.groups.values().stream()
                        .allMatch(group ->
                                !group.awaitsPromotion()
                                        && group.healthy >= group.group.count()
                                        && noneOld(job, group));
        if (through) {
            deployment.end(DeploymentStatus.SUCCESSFUL, "Deployment completed successfully");
            deployment.modifyIndex = state.nextIndex();
            job.current().stable = true;
            job.modifyIndex = deployment.modifyIndex;
        }
    }

    void cancelOlder(SimulatedJob job) {
        boolean stopped = job.current().stopped;
        for (SimulatedDeployment deployment : job.deployments) {
            if (deployment.active()
                    && (stopped || deployment.job.specIndex() != job.current().specIndex)) {
                deployment.end(
                        DeploymentStatus.CANCELLED,
                        stopped
                                ? "Cancelled because job is stopped"
                                : "Cancelled due to newer version of job");
                deployment.modifyIndex = state.nextIndex();
            }
        }
    }

    /** Canaries that nobody promoted before their deployment ended; they have no future. */
    List<SimulatedAllocation> orphanedCanaries(SimulatedJob job) {
        List<String> active =
                job.deployments.stream()
                        .filter(SimulatedDeployment::active)
                        .map(deployment -> deployment.id)
                        .toList();
        return job.allocations.stream()
                .filter(a -> a.canary && a.live() && !active.contains(a.deploymentId))
                // Those of a system job are all that their nodes have.
                .filter(a -> !job.system())
                .toList();
    }

    /** The group whose canaries are not all healthy, in Nomad's words. */
    Optional<String> unhealthyCanaries(SimulatedJob job, SimulatedDeployment deployment) {
        for (Progress group : deployment.groups.values()) {
            long healthy = healthyCanaries(job, deployment, group);
            if (group.awaitsPromotion() && healthy < group.desiredCanaries) {
                return Optional.of(
                        "Task group \"%s\" has %d/%d healthy allocations"
                                .formatted(group.group.name(), healthy, group.desiredCanaries));
            }
        }
        return Optional.empty();
    }

    void promote(SimulatedJob job, SimulatedDeployment deployment) {
        for (Progress group : deployment.groups.values()) {
            if (group.awaitsPromotion()) {
                group.promoted = true;
                renewDeadline(job, deployment, group);
            }
        }
        job.allocations.stream()
                .filter(a -> a.deploymentId.equals(deployment.id))
                .forEach(a -> a.canary = false);
        deployment.modifyIndex = state.nextIndex();
        scheduler.evaluate(job, "deployment-watcher", SimulatedScheduler.PROMPT);
        state.touch(job);
    }

    void pause(SimulatedJob job, SimulatedDeployment deployment, boolean paused) {
        deployment.status = paused ? DeploymentStatus.PAUSED : DeploymentStatus.RUNNING;
        deployment.modifyIndex = state.nextIndex();
        if (!paused) {
            scheduler.evaluate(job, "deployment-watcher", SimulatedScheduler.PROMPT);
        }
        state.touch(job);
    }

    /**
     * Ends the deployment and, where a group asks for it, goes back to the newest stable version.
     */
    void fail(SimulatedJob job, SimulatedDeployment deployment, String cause) {
        boolean back =
                deployment.groups.values().stream().anyMatch(g -> g.group.update().autoRevert());
        deployment.end(DeploymentStatus.FAILED, cause + (back ? goBack(job) : ""));
        deployment.modifyIndex = state.nextIndex();
        scheduler.evaluate(job, "deployment-watcher", REVERT);
        state.touch(job);
    }

    private String goBack(SimulatedJob job) {
        Optional<SimulatedJob.Version> stable =
                job.versions.reversed().stream().filter(version -> version.stable).findFirst();
        if (stable.isEmpty()) {
            return " - no stable job version to auto revert to";
        }
        long number = stable.get().number;
        if (stable.get().spec.equals(job.current().spec)) {
            return " - not rolling back to stable job version "
                    + number
                    + " as current job has same specification";
        }
        job.add(stable.get().spec, false, state.nextIndex(), state.now()).stable = true;
        return " - rolling back to job version " + number;
    }

    private void renewDeadline(
            SimulatedJob job, SimulatedDeployment deployment, Progress progress) {
        Instant deadline = state.now().plus(progress.group.update().progressDeadline());
        progress.requireProgressBy = Optional.of(deadline);
        state.after(
                progress.group.update().progressDeadline(),
                () -> {
                    boolean current =
                            progress.requireProgressBy.filter(deadline::equals).isPresent();
                    boolean waitsForPerson =
                            progress.awaitsPromotion()
                                    && healthyCanaries(job, deployment, progress)
                                            >= progress.desiredCanaries;
                    boolean done = progress.healthy >= progress.group.count();
                    if (current && deployment.active() && !waitsForPerson && !done) {
                        fail(job, deployment, "Failed due to progress deadline");
                    }
                });
    }

    private static boolean autoPromotable(SimulatedJob job, SimulatedDeployment deployment) {
        List<Progress> gated =
                deployment.groups.values().stream().filter(Progress::awaitsPromotion).toList();
        return !gated.isEmpty()
                && gated.stream()
                        .allMatch(group ->
                                group.group.update().autoPromote()
                                        && healthyCanaries(job, deployment, group)
                                                >= group.desiredCanaries);
    }

    private static long healthyCanaries(
            SimulatedJob job, SimulatedDeployment deployment, Progress group) {
        return job.allocations.stream()
                .filter(a -> a.canary && a.deploymentId.equals(deployment.id))
                .filter(a -> a.group.equals(group.group.name()) && a.healthyNow())
                .count();
    }

    private static boolean noneOld(SimulatedJob job, Progress group) {
        return job.allocationsOf(group.group.name()).stream()
                .noneMatch(a -> a.live() && a.version != job.current().number);
    }
}
