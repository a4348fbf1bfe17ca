package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** A task group of a job, with the job's update block under its own, as Nomad merges them. */
record JobGroup(JsonNode job, ObjectNode spec) {
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    static List<JobGroup> all(JsonNode job) {
        return job.path("TaskGroups")
                .valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(group -> new JobGroup(job, (ObjectNode) group))
                .toList();
    }

    String name() {
        return spec.path("Name").asText();
    }

    long count() {
        return spec.path("Count").asLong(1);
    }

    /** A value of the update block; missing where neither has one. */
    JsonNode update(String key) {
        JsonNode own = spec.path("Update").path(key);
        return own.isMissingNode() || own.isNull() ? job.path("Update").path(key) : own;
    }

    /** Where the value is written, for messages. */
    String updatePath(String key, String name) {
        return spec.path("Update").hasNonNull(key)
                ? "group \"%s\" > update.%s".formatted(name(), name)
                : "update." + name;
    }

    long maxParallel() {
        return update("MaxParallel").asLong(1);
    }

    Duration progressDeadline() {
        JsonNode declared = update("ProgressDeadline");
        return declared.isNumber() ? Duration.ofNanos(declared.asLong()) : PROGRESS_DEADLINE;
    }
}
