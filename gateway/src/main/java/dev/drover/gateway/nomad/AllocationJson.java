package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.TaskState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Allocations and their tasks. */
final class AllocationJson {

    private AllocationJson() {}

    /** The oldest first; Nomad lists them by id. */
    static List<Allocation> allocations(JsonNode stubs) {
        return StreamSupport.stream(stubs.spliterator(), false)
                .sorted(Comparator.comparingLong(stub -> Json.number(stub, "CreateIndex")))
                .map(AllocationJson::allocation)
                .toList();
    }

    private static Allocation allocation(JsonNode stub) {
        return new Allocation(
                Json.text(stub, "ID"),
                Json.text(stub, "Name"),
                Json.text(stub, "TaskGroup"),
                Json.number(stub, "JobVersion"),
                Json.text(stub, "NodeName"),
                state(stub),
                tasks(stub.path("TaskStates")));
    }

    private static Allocation.State state(JsonNode stub) {
        JsonNode deployment = stub.path("DeploymentStatus");
        JsonNode healthy = deployment.path("Healthy");
        return new Allocation.State(
                Json.text(stub, "DesiredStatus"),
                ClientStatus.of(Json.text(stub, "ClientStatus")),
                healthy.isBoolean() ? Optional.of(healthy.asBoolean()) : Optional.empty(),
                Json.flag(deployment, "Canary"),
                new Allocation.Successor(
                        named(stub, "NextAllocation"), named(stub, "FollowupEvalID")));
    }

    private static Optional<String> named(JsonNode stub, String field) {
        return Optional.of(Json.text(stub, field)).filter(name -> !name.isEmpty());
    }

    private static List<TaskState> tasks(JsonNode states) {
        return states.properties().stream()
                .map(AllocationJson::task)
                .sorted(Comparator.comparing(TaskState::name))
                .toList();
    }

    private static TaskState task(Map.Entry<String, JsonNode> entry) {
        JsonNode task = entry.getValue();
        return new TaskState(
                entry.getKey(),
                Json.text(task, "State"),
                Json.flag(task, "Failed"),
                Json.number(task, "Restarts"),
                Json.list(task.path("Events"), AllocationJson::event));
    }

    private static TaskState.Event event(JsonNode event) {
        return new TaskState.Event(
                Json.text(event, "Type"),
                Json.text(event, "DisplayMessage"),
                Json.nanos(event, "Time"));
    }
}
