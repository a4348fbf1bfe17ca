package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What the parts of the simulated Nomad share; also the lock that all of them hold while they
 * change anything.
 */
final class SimulatedState {

    private final SimulatedTime time;
    private final Consumer<SimulatedJob> changed;
    final Map<String, Evaluation> evaluations = new HashMap<>();

    /** How a group of a job behaves. */
    BiFunction<ObjectNode, String, Workload> workloads = (job, group) -> Workload.HEALTHY;

    private long index = 10;
    private long ids;

    SimulatedState(SimulatedTime time, Consumer<SimulatedJob> changed) {
        this.time = time;
        this.changed = changed;
    }

    long nextIndex() {
        return ++index;
    }

    String newId() {
        return "%08x-0000-0000-0000-000000000000".formatted(++ids);
    }

    Instant now() {
        return time.instant();
    }

    void after(Duration delay, Runnable action) {
        time.after(
                delay,
                () -> {
                    synchronized (this) {
                        action.run();
                    }
                });
    }

    /** Notes a write to the job or to what hangs on it. */
    void touch(SimulatedJob job) {
        changed.accept(job);
    }
}
