package dev.drover.gateway.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One instance on the simulated Nomad; changed by {@link SimulatedScheduler} only. */
final class SimulatedAllocation {

    final String id;
    final String group;
    final int index;
    private final String jobId;
    private final List<String> tasks;
    private final List<TaskState.Event> events = new ArrayList<>();

    long version;
    String deploymentId;
    boolean canary;
    boolean wanted = true;
    ClientStatus client = ClientStatus.PENDING;
    Optional<Boolean> healthy = Optional.empty();

    /** Counts health reports asked for, so that one for a former version is not heard. */
    int healthReport;

    /** How often its tasks were restarted where it is. */
    int restarts;

    boolean restarting;

    /** What takes its place, or looks for one. */
    Allocation.Successor successor = Allocation.Successor.NONE;

    SimulatedAllocation(
            String id,
            String jobId,
            SimulatedSpec.Group group,
            int index,
            long version,
            String deploymentId) {
        this.id = id;
        this.jobId = jobId;
        this.group = group.name();
        this.tasks = group.tasks();
        this.index = index;
        this.version = version;
        this.deploymentId = deploymentId;
    }

    /** Whether it is wanted and has not ended. */
    boolean live() {
        return wanted && !client.ended();
    }

    boolean healthyNow() {
        return live() && client == ClientStatus.RUNNING && healthy.orElse(false);
    }

    void event(String type, String message, Instant time) {
        events.add(new TaskState.Event(type, message, time));
    }

    Allocation view() {
        return new Allocation(
                id,
                jobId + "." + group + "[" + index + "]",
                group,
                version,
                "simulated",
                new Allocation.State(wanted ? "run" : "stop", client, healthy, canary, successor),
                tasks.stream().map(this::task).toList());
    }

    private TaskState task(String name) {
        String state =
                client.ended()
                        ? "dead"
                        : client == ClientStatus.RUNNING && !restarting ? "running" : "pending";
        return new TaskState(name, state, client == ClientStatus.FAILED, restarts, events);
    }
}
