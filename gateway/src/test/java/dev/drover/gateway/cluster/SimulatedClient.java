package dev.drover.gateway.cluster;

import java.time.Duration;
import java.util.Optional;

/** The simulated node: runs instances the way their workload says, and reports their health. */
final class SimulatedClient {

    private static final Duration CRASHING_STARTS_AFTER = Duration.ofMillis(100);
    private static final Duration IN_PLACE_HEALTH = Duration.ofMillis(800);
    private static final Duration BATCH_RUN = Duration.ofMillis(500);
    private static final Duration KILL = Duration.ofMillis(100);

    /** Hears what becomes of instances. */
    interface HealthReports {
        /** Whether it is healthy; once per instance and version. */
        void report(SimulatedJob job, SimulatedAllocation allocation, boolean healthy);

        /** It failed, healthy before or not. */
        void failed(SimulatedJob job, SimulatedAllocation allocation);
    }

    private final SimulatedState state;
    private final HealthReports reports;

    SimulatedClient(SimulatedState state, HealthReports reports) {
        this.state = state;
        this.reports = reports;
    }

    void run(SimulatedJob job, SimulatedSpec.Group group, SimulatedAllocation allocation) {
        allocation.event("Received", "Task received by client", state.now());
        SimulatedSpec.Update update = group.update();
        switch (state.workloads.apply(job.current().spec, group.name())) {
            case Workload.Runs runs -> {
                start(job, allocation, runs.after());
                if (SimulatedSpec.stays(job.type())) {
                    health(job, allocation, runs.after().plus(update.minHealthy()), update);
                } else {
                    Duration end = runs.after().plus(BATCH_RUN);
                    state.after(end, () -> end(job, allocation, ClientStatus.COMPLETE, 0));
                }
            }
            case Workload.Crashes crash -> {
                Duration start =
                        crash.after().compareTo(CRASHING_STARTS_AFTER) < 0
                                ? Duration.ZERO
                                : CRASHING_STARTS_AFTER;
                start(job, allocation, start);
                health(job, allocation, start.plus(update.minHealthy()), update);
                state.after(
                        crash.after(),
                        () -> end(job, allocation, ClientStatus.FAILED, crash.exitCode()));
            }
            case Workload.NeverStarts never ->
                    unhealthyAt(job, allocation, update.healthyDeadline());
            case Workload.FitsNowhere nowhere ->
                    throw new IllegalStateException("placed although it fits nowhere: " + nowhere);
        }
    }

    /** The instance goes on under the new version; its health is asked for anew. */
    void update(SimulatedJob job, SimulatedAllocation allocation) {
        allocation.healthy = Optional.empty();
        int report = ++allocation.healthReport;
        state.after(IN_PLACE_HEALTH, () -> report(job, allocation, report, true));
    }

    void stop(SimulatedJob job, SimulatedAllocation allocation) {
        allocation.wanted = false;
        state.after(
                KILL,
                () -> {
                    if (!allocation.client.ended()) {
                        allocation.client = ClientStatus.COMPLETE;
                        state.touch(job);
                    }
                });
    }

    /** Its tasks are ended and begun again as the workload says. */
    void restart(SimulatedJob job, SimulatedAllocation allocation) {
        allocation.event(
                "Restart Signaled", "User requested running tasks to restart", state.now());
        allocation.restarting = true;
        String group = allocation.group;
        state.after(
                KILL,
                () -> {
                    allocation.restarts++;
                    state.touch(job);
                });
        switch (state.workloads.apply(job.current().spec, group)) {
            case Workload.Runs runs ->
                    state.after(
                            KILL.plus(runs.after()),
                            () -> {
                                allocation.restarting = false;
                                allocation.event("Started", "Task started by client", state.now());
                                state.touch(job);
                            });
            case Workload.Crashes crash ->
                    state.after(
                            KILL.plus(crash.after()),
                            () -> end(job, allocation, ClientStatus.FAILED, crash.exitCode()));
            case Workload.NeverStarts never -> {}
            case Workload.FitsNowhere nowhere -> {}
        }
    }

    private void start(SimulatedJob job, SimulatedAllocation allocation, Duration after) {
        state.after(
                after,
                () -> {
                    if (allocation.live()) {
                        allocation.client = ClientStatus.RUNNING;
                        allocation.event("Started", "Task started by client", state.now());
                        state.touch(job);
                    }
                });
    }

    private void health(
            SimulatedJob job,
            SimulatedAllocation allocation,
            Duration after,
            SimulatedSpec.Update update) {
        if (after.compareTo(update.healthyDeadline()) > 0) {
            unhealthyAt(job, allocation, update.healthyDeadline());
            return;
        }
        int report = allocation.healthReport;
        state.after(after, () -> report(job, allocation, report, true));
    }

    private void unhealthyAt(SimulatedJob job, SimulatedAllocation allocation, Duration deadline) {
        int report = allocation.healthReport;
        state.after(deadline, () -> report(job, allocation, report, false));
    }

    private void end(
            SimulatedJob job, SimulatedAllocation allocation, ClientStatus status, int exitCode) {
        if (!allocation.live()) {
            return;
        }
        allocation.client = status;
        allocation.event("Terminated", "Exit Code: " + exitCode, state.now());
        state.touch(job);
        if (status == ClientStatus.FAILED && allocation.healthy.isEmpty()) {
            allocation.healthy = Optional.of(false);
            reports.report(job, allocation, false);
        }
        if (status == ClientStatus.FAILED) {
            reports.failed(job, allocation);
        }
    }

    private void report(
            SimulatedJob job, SimulatedAllocation allocation, int report, boolean healthy) {
        if (report == allocation.healthReport
                && !allocation.deploymentId.isEmpty()
                && allocation.live()
                && allocation.healthy.isEmpty()) {
            allocation.healthy = Optional.of(healthy);
            reports.report(job, allocation, healthy);
        }
    }
}
