package dev.drover.gateway.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluations: brings what runs to what is registered, one pass at a time, and ends deployments
 * that are through.
 */
final class SimulatedScheduler {

    static final Duration PROMPT = Duration.ofMillis(5);

    private final SimulatedState state;
    private final SimulatedClient client;
    private final SimulatedWatcher watcher;

    SimulatedScheduler(SimulatedState state) {
        this.state = state;
        this.watcher = new SimulatedWatcher(state, this);
        this.client = new SimulatedClient(state, new Reports());
    }

    /** What the node tells. */
    private final class Reports implements SimulatedClient.HealthReports {
        @Override
        public void report(SimulatedJob job, SimulatedAllocation allocation, boolean healthy) {
            watcher.healthReported(job, allocation, healthy);
        }

        @Override
        public void failed(SimulatedJob job, SimulatedAllocation allocation) {
            replaceLater(job, allocation);
        }
    }

    /**
     * What fails when no deployment is active is rescheduled; what failed before that is forgotten.
     */
    private void replaceLater(SimulatedJob job, SimulatedAllocation failed) {
        Optional<SimulatedSpec.Group> group =
                SimulatedSpec.groups(job.current().spec).stream()
                        .filter(one -> one.name().equals(failed.group) && one.rescheduled())
                        .findFirst();
        boolean active = job.deployments.stream().anyMatch(SimulatedDeployment::active);
        if (!job.type().equals("service")
                || group.isEmpty()
                || active
                || failed.version != job.current().number) {
            return;
        }
        failed.successor = new Allocation.Successor(Optional.empty(), Optional.of(state.newId()));
        state.after(
                group.get().reschedule().delay(),
                () -> {
                    if (failed.wanted
                            && !job.purged
                            && failed.version == job.current().number
                            && !job.current().stopped) {
                        failed.wanted = false;
                        SimulatedAllocation next = place(job, group.get(), Optional.empty(), false);
                        failed.successor =
                                new Allocation.Successor(
                                        Optional.of(next.id), failed.successor.evaluation());
                        state.touch(job);
                    }
                });
    }

    SimulatedWatcher watcher() {
        return watcher;
    }

    Evaluation evaluate(SimulatedJob job, String trigger, Duration after) {
        Evaluation pending =
                new Evaluation(
                        state.newId(),
                        "pending",
                        "",
                        trigger,
                        Optional.empty(),
                        Map.of(),
                        Optional.empty());
        state.evaluations.put(pending.id(), pending);
        job.evaluations.add(pending.id());
        job.openEvaluations++;
        state.after(after, () -> complete(job, pending));
        return pending;
    }

    /** What a pass would do if this version were registered, by group. */
    static Map<String, SimulatedPass> passes(SimulatedJob job, SimulatedJob.Version wanted) {
        Optional<SimulatedDeployment> deployment =
                job.versions.contains(wanted) ? job.deploymentOfCurrent() : Optional.empty();
        Map<String, SimulatedPass> passes = new LinkedHashMap<>();
        for (SimulatedSpec.Group group : SimulatedSpec.groups(wanted.spec)) {
            passes.put(
                    group.name(),
                    SimulatedPass.of(
                            job,
                            wanted,
                            group,
                            deployment.flatMap(
                                    d -> Optional.ofNullable(d.groups.get(group.name())))));
        }
        return passes;
    }

    Optional<PlacementFailure> failure(SimulatedJob.Version wanted, SimulatedPass pass) {
        return pass.placements() > 0
                        && state.workloads.apply(wanted.spec, pass.group().name())
                                instanceof Workload.FitsNowhere nowhere
                ? Optional.of(nowhere.failure(pass.placements()))
                : Optional.empty();
    }

    private void complete(SimulatedJob job, Evaluation evaluation) {
        job.openEvaluations--;
        Map<String, PlacementFailure> failures = job.purged ? Map.of() : pass(job);
        job.blocked = !failures.isEmpty();
        unblock(job);
        state.evaluations.put(
                evaluation.id(),
                new Evaluation(
                        evaluation.id(),
                        "complete",
                        "",
                        evaluation.triggeredBy(),
                        job.deploymentOfCurrent().map(deployment -> deployment.id),
                        failures,
                        job.blocked ? Optional.of(block(job, failures)) : Optional.empty()));
        state.touch(job);
    }

    /** The evaluation that waits for room. */
    private String block(SimulatedJob job, Map<String, PlacementFailure> failures) {
        Evaluation blocked =
                new Evaluation(
                        state.newId(),
                        "blocked",
                        "created to place remaining allocations",
                        "queued-allocs",
                        Optional.empty(),
                        failures,
                        Optional.empty());
        state.evaluations.put(blocked.id(), blocked);
        job.evaluations.add(blocked.id());
        return blocked.id();
    }

    /** Another pass took over from the one that waited. */
    private void unblock(SimulatedJob job) {
        job.evaluations.removeIf(id ->
                Optional.ofNullable(state.evaluations.get(id))
                        .filter(one -> one.status().equals("blocked"))
                        .isPresent());
    }

    /** One scheduler pass; tells what found no node. */
    private Map<String, PlacementFailure> pass(SimulatedJob job) {
        watcher.cancelOlder(job);
        stop(job, watcher.orphanedCanaries(job));
        if (job.current().stopped) {
            stop(job, job.allocations);
            return Map.of();
        }
        if (job.launches()) {
            return Map.of();
        }
        Optional<SimulatedDeployment> deployment = job.deploymentOfCurrent();
        if (deployment.filter(d -> d.status == DeploymentStatus.FAILED).isPresent()) {
            return Map.of();
        }
        if (!SimulatedSpec.stays(job.type()) && !job.allocations.isEmpty()) {
            return Map.of();
        }
        Map<String, SimulatedPass> passes = passes(job, job.current());
        if (deployment.isEmpty()) {
            deployment = watcher.createIfNeeded(job, passes.values());
        }
        Map<String, PlacementFailure> failures = new HashMap<>();
        for (SimulatedPass pass : passes.values()) {
            carryOut(job, pass, deployment, failures);
        }
        deployment
                .filter(SimulatedDeployment::active)
                .ifPresent(active -> watcher.endIfThrough(job, active));
        return failures;
    }

    private void carryOut(
            SimulatedJob job,
            SimulatedPass pass,
            Optional<SimulatedDeployment> deployment,
            Map<String, PlacementFailure> failures) {
        stop(job, pass.surplus());
        for (SimulatedAllocation allocation : pass.inPlace()) {
            allocation.version = job.current().number;
            allocation.deploymentId = deployment.map(d -> d.id).orElse("");
            deployment.ifPresent(d -> watcher.placed(job, d, allocation));
            client.update(job, allocation);
        }
        if (deployment.filter(d -> d.status == DeploymentStatus.PAUSED).isPresent()) {
            return;
        }
        Optional<PlacementFailure> failure = failure(job.current(), pass);
        if (failure.isPresent()) {
            failures.put(pass.group().name(), failure.get());
            return;
        }
        for (SimulatedAllocation old : pass.replaced()) {
            stop(job, List.of(old));
            place(job, pass.group(), deployment, false);
        }
        for (int i = 0; i < pass.missing(); i++) {
            place(job, pass.group(), deployment, false);
        }
        for (int i = 0; i < pass.missingCanaries(); i++) {
            place(job, pass.group(), deployment, true);
        }
    }

    private SimulatedAllocation place(
            SimulatedJob job,
            SimulatedSpec.Group group,
            Optional<SimulatedDeployment> deployment,
            boolean canary) {
        SimulatedAllocation allocation =
                new SimulatedAllocation(
                        state.newId(),
                        job.id,
                        group,
                        freeIndex(job, group, canary),
                        job.current().number,
                        deployment.map(d -> d.id).orElse(""));
        allocation.canary = canary;
        job.allocations.add(allocation);
        deployment.ifPresent(d -> watcher.placed(job, d, allocation));
        client.run(job, group, allocation);
        return allocation;
    }

    /** The lowest free place; canaries take the place of the instance that they will replace. */
    private static int freeIndex(SimulatedJob job, SimulatedSpec.Group group, boolean canary) {
        long version = job.current().number;
        List<Integer> taken =
                job.allocationsOf(group.name()).stream()
                        .filter(a -> a.wanted && (!canary || a.version == version))
                        .map(a -> a.index)
                        .toList();
        int index = 0;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    private void stop(SimulatedJob job, List<SimulatedAllocation> allocations) {
        allocations.stream().filter(a -> a.wanted).forEach(a -> client.stop(job, a));
    }

    /** The node does it: the scheduler knows nothing of it. */
    void restart(SimulatedJob job, SimulatedAllocation allocation) {
        client.restart(job, allocation);
    }
}
