package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.PlacementFailure;
import dev.drover.gateway.cluster.TaskState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Why something does not work, in one line with Nomad's own words and counts. */
public final class Explanations {
    private static final int ID_LENGTH = 8;

    private Explanations() {}

    /** What the tasks of bad allocations of a version say; empty where none is bad. */
    public static String badAllocation(List<Allocation> allocations, long version) {
        return allocations.stream()
                .filter(one -> one.jobVersion() == version && bad(one))
                .min(Comparator.comparing(Allocation::id))
                .map(one -> "; " + told(one))
                .orElse("");
    }

    /** An allocation and the last that its tasks say. */
    static String told(Allocation one) {
        return "allocation " + shortId(one) + " on " + node(one) + task(one);
    }

    /** Why the scheduler placed nothing; empty where it did not say. */
    static String placement(Optional<Evaluation> evaluation) {
        Map<String, PlacementFailure> failures =
                evaluation.map(Evaluation::placementFailures).orElse(Map.of());
        return failures.isEmpty()
                ? ""
                : new TreeMap<>(failures)
                        .entrySet().stream()
                                .map(one -> "group " + one.getKey() + counts(one.getValue()))
                                .collect(Collectors.joining("; "));
    }

    private static String counts(PlacementFailure failure) {
        StringBuilder text =
                new StringBuilder(
                        ": %d allocations unplaced, %d nodes evaluated, %d filtered, %d exhausted"
                                .formatted(
                                        failure.allocations(),
                                        failure.nodes().evaluated(),
                                        failure.nodes().filtered(),
                                        failure.nodes().exhausted()));
        new TreeMap<>(failure.constraintFiltered())
                .forEach((what, nodes) -> text.append(", " + what + " on " + nodes));
        new TreeMap<>(failure.dimensionExhausted())
                .forEach((what, nodes) -> text.append(", " + what + " exhausted on " + nodes));
        return text.toString();
    }

    /** Whether an allocation failed, was lost, or is held to be unhealthy. */
    public static boolean bad(Allocation one) {
        return one.state().client() == ClientStatus.FAILED
                || one.state().client() == ClientStatus.LOST
                || one.state().healthy().equals(Optional.of(false));
    }

    /** How people write the id of an allocation. */
    public static String shortId(Allocation one) {
        return one.id().substring(0, Math.min(ID_LENGTH, one.id().length()));
    }

    private static String node(Allocation one) {
        return one.nodeName().isEmpty() ? "an unknown node" : one.nodeName();
    }

    private static String task(Allocation one) {
        return one.tasks().stream()
                .filter(task -> task.failed() || task.restarts() > 0)
                .findFirst()
                .or(() -> one.tasks().stream().findFirst())
                .map(task -> ", task " + task.name() + ": " + lastWord(task))
                .orElse("");
    }

    /**
     * The event that tells most: what went wrong before Nomad called the allocation unhealthy, else
     * that. The kill that follows tells nothing.
     */
    public static String lastWord(TaskState task) {
        List<TaskState.Event> events = task.events();
        List<TaskState.Event> before =
                events.stream().takeWhile(event -> !event.type().equals(UNHEALTHY)).toList();
        return newest(before, event -> CAUSES.contains(event.type()))
                .or(() -> newest(events, event -> event.type().equals(UNHEALTHY)))
                .or(() -> newest(events, event -> true))
                .map(event -> event.type() + ": " + event.message())
                .orElse(task.state());
    }

    private static Optional<TaskState.Event> newest(
            List<TaskState.Event> events, Predicate<TaskState.Event> which) {
        return events.reversed().stream().filter(which).findFirst();
    }

    private static final String UNHEALTHY = "Alloc Unhealthy";

    private static final List<String> CAUSES =
            List.of(
                    "Terminated",
                    "Driver Failure",
                    "Failed Validation",
                    "Setup Failure",
                    "Failed Artifact Download",
                    "Template");
}
