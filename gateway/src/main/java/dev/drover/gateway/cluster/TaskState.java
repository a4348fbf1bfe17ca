package dev.drover.gateway.cluster;

import java.time.Instant;
import java.util.List;

/**
 * One task of an allocation.
 *
 * @param state pending, running or dead
 * @param events oldest first, the last ten as Nomad keeps them
 */
public record TaskState(
        String name, String state, boolean failed, long restarts, List<Event> events) {

    public TaskState {
        events = List.copyOf(events);
    }

    /**
     * What happened to the task.
     *
     * @param type Nomad's word ("Terminated", "Driver Failure", "Restarting")
     * @param message Nomad's sentence for people ("Exit Code: 1")
     */
    public record Event(String type, String message, Instant time) {}
}
