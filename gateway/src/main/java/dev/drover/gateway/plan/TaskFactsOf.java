package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.TaskFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads from a rendered job what policies can ask of its tasks. */
final class TaskFactsOf {

    private TaskFactsOf() {}

    static List<TaskFacts> job(JsonNode job, Redaction redaction) {
        Map<String, Long> counts =
                JobGroup.all(job).stream()
                        .collect(
                                Collectors.toMap(
                                        JobGroup::name, JobGroup::count, (first, same) -> first));
        return JobTask.all(job).stream()
                .map(task ->
                        TaskFacts.newBuilder()
                                .setGroup(task.group())
                                .setTask(task.name())
                                .setDriver(task.driver())
                                .setImage(hidden(image(task.spec()), redaction))
                                .setCpu(ResourceFactsOf.cpu(task))
                                .setMemoryMb(ResourceFactsOf.memoryMb(task))
                                .setCount(counts.getOrDefault(task.group(), 1L))
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
}
