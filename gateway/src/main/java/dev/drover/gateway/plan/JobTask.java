package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One task of a job, and where it stands. */
record JobTask(String group, String name, ObjectNode spec) {

    static List<JobTask> all(JsonNode job) {
        List<JobTask> tasks = new ArrayList<>();
        for (JsonNode group : job.path("TaskGroups")) {
            for (JsonNode task : group.path("Tasks")) {
                if (task instanceof ObjectNode spec) {
                    tasks.add(
                            new JobTask(
                                    group.path("Name").asText(), task.path("Name").asText(), spec));
                }
            }
        }
        return tasks;
    }

    /** For people, as in the jobspec. */
    String path() {
        return "group \"%s\" > task \"%s\"".formatted(group, name);
    }

    String driver() {
        return spec.path("Driver").asText("");
    }
}
