package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.TaskFacts;
import java.util.List;

/** Reads from a rendered job what policies can ask of its tasks. */
final class TaskFactsOf {

    /** What Nomad gives a task that asks for nothing. */
    private static final long DEFAULT_CPU = 100;

    private static final long DEFAULT_MEMORY_MB = 300;

    private TaskFactsOf() {}

    static List<TaskFacts> job(JsonNode job, Redaction redaction) {
        return JobTask.all(job).stream()
                .map(task ->
                        TaskFacts.newBuilder()
                                .setGroup(task.group())
                                .setTask(task.name())
                                .setDriver(task.driver())
                                .setImage(hidden(image(task.spec()), redaction))
                                .setCpu(resource(task, "CPU", DEFAULT_CPU))
                                .setMemoryMb(resource(task, "MemoryMB", DEFAULT_MEMORY_MB))
                                .build())
                .toList();
    }

    private static String hidden(String text, Redaction redaction) {
        return Placeholders.in(text) ? Redaction.SENSITIVE : redaction.sentence(text);
    }

    private static String image(JsonNode task) {
        String image = task.path("Config").path("image").asText("");
        if (!image.isEmpty()) {
            return image;
        }
        String artifact = task.path("Artifacts").path(0).path("GetterSource").asText("");
        return artifact.isEmpty() ? task.path("Config").path("command").asText("") : artifact;
    }

    private static long resource(JobTask task, String name, long otherwise) {
        return task.spec().path("Resources").path(name).asLong(otherwise);
    }
}
