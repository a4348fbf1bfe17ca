package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.ResourceFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up what the allocations of a job ask for, before and after: after is the rendered job,
 * before the same with the changes of Nomad's diff taken back.
 */
final class ResourceFactsOf {

    /** What Nomad gives a task that asks for nothing. */
    private static final long DEFAULT_CPU = 100;

    private static final long DEFAULT_MEMORY_MB = 300;

    /** What one allocation of a group asks for, and how many of it there are. */
    private record Group(long count, Map<String, Task> tasks) {

        Group(long count) {
            this(count, new HashMap<>());
        }

        long cpu() {
            return count * tasks.values().stream().mapToLong(Task::cpu).sum();
        }

        long memory() {
            return count * tasks.values().stream().mapToLong(Task::memory).sum();
        }
    }

    private record Task(long cpu, long memory) {
        static final Task NONE = new Task(0, 0);
    }

    private ResourceFactsOf() {}

    /** What Nomad's dry run says of a job, sums before and after. */
    static ResourceFacts changed(JsonNode job, JsonNode diff) {
        Map<String, Group> after = groups(job);
        return facts(groupsBefore(after, diff), after);
    }

    /** A job that stays as it is. */
    static ResourceFacts kept(JsonNode job) {
        return facts(groups(job), groups(job));
    }

    /** A job that is stopped. */
    static ResourceFacts stopped(JsonNode job) {
        return facts(groups(job), Map.of());
    }

    static long cpu(JobTask task) {
        return resource(task.spec(), "CPU", DEFAULT_CPU);
    }

    static long memoryMb(JobTask task) {
        return resource(task.spec(), "MemoryMB", DEFAULT_MEMORY_MB);
    }

    private static long resource(JsonNode task, String name, long otherwise) {
        return task.path("Resources").path(name).asLong(otherwise);
    }

    private static ResourceFacts facts(Map<String, Group> before, Map<String, Group> after) {
        return ResourceFacts.newBuilder()
                .setCpuBefore(before.values().stream().mapToLong(Group::cpu).sum())
                .setCpuAfter(after.values().stream().mapToLong(Group::cpu).sum())
                .setMemoryMbBefore(before.values().stream().mapToLong(Group::memory).sum())
                .setMemoryMbAfter(after.values().stream().mapToLong(Group::memory).sum())
                .build();
    }

    private static Map<String, Group> groups(JsonNode job) {
        Map<String, Group> groups = new HashMap<>();
        for (JobGroup group : JobGroup.all(job)) {
            Group its = new Group(group.count());
            for (JobTask task : JobTask.all(job)) {
                if (task.group().equals(group.name())) {
                    its.tasks().put(task.name(), new Task(cpu(task), memoryMb(task)));
                }
            }
            groups.put(group.name(), its);
        }
        return groups;
    }

    private static Map<String, Group> groupsBefore(Map<String, Group> after, JsonNode diff) {
        if (diff.path("Type").asText().equals("Added")
                || old(diff.path("Fields"), "Stop", "").equals("true")) {
            return Map.of();
        }
        Map<String, Group> before = new HashMap<>(after);
        for (JsonNode changed : diff.path("TaskGroups")) {
            String name = changed.path("Name").asText();
            Group its = after.getOrDefault(name, new Group(0));
            long count = number(old(changed.path("Fields"), "Count", "" + its.count()));
            before.put(name, new Group(count, tasksBefore(its.tasks(), changed.path("Tasks"))));
        }
        return before;
    }

    private static Map<String, Task> tasksBefore(Map<String, Task> after, JsonNode diffs) {
        Map<String, Task> before = new HashMap<>(after);
        for (JsonNode changed : diffs) {
            String name = changed.path("Name").asText();
            Task its = after.getOrDefault(name, Task.NONE);
            for (JsonNode block : blocks(changed, "Resources")) {
                its =
                        new Task(
                                number(old(block.path("Fields"), "CPU", "" + its.cpu())),
                                number(old(block.path("Fields"), "MemoryMB", "" + its.memory())));
            }
            before.put(name, its);
        }
        return before;
    }

    private static List<JsonNode> blocks(JsonNode task, String name) {
        return task.path("Objects")
                .valueStream()
                .filter(block -> block.path("Name").asText().equals(name))
                .toList();
    }

    /** The value before; the present one where the diff does not name it. */
    private static String old(JsonNode fields, String name, String present) {
        return fields.valueStream()
                .filter(field -> field.path("Name").asText().equals(name))
                .map(field -> field.path("Old").asText(""))
                .findFirst()
                .orElse(present);
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
