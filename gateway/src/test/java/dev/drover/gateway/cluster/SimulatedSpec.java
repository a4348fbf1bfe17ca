package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads jobs as Nomad's scheduler does: with its defaults, as far as they matter for a deployment.
 */
final class SimulatedSpec {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What Nomad itself writes into a job; not part of what was asked for. */
    private static final Set<String> OUTPUT =
            Set.of(
                    "Namespace",
                    "Region",
                    "Version",
                    "VersionTag",
                    "Stable",
                    "Stop",
                    "Status",
                    "SubmitTime",
                    "CreateIndex",
                    "ModifyIndex",
                    "JobModifyIndex",
                    "NomadTokenID");

    private static final String SYSTEM = "system";
    private static final long RESCHEDULE_DELAY = Duration.ofSeconds(30).toNanos();

    private SimulatedSpec() {}

    /** One group with its update settings. */
    record Group(String name, int count, Update update, Reschedule reschedule, List<String> tasks) {
        boolean rescheduled() {
            return reschedule.allowed();
        }
    }

    /** Whether and how late a failed instance is replaced. */
    record Reschedule(boolean allowed, Duration delay) {}

    /** The update block of a group. */
    record Update(
            int maxParallel,
            int canary,
            boolean autoRevert,
            boolean autoPromote,
            Duration minHealthy,
            Duration healthyDeadline,
            Duration progressDeadline) {
        /** Canaries of a system job are a percentage of the nodes, rounded up. */
        private Update ofType(boolean system) {
            return system && canary > 1
                    ? new Update(
                            maxParallel,
                            1,
                            autoRevert,
                            autoPromote,
                            minHealthy,
                            healthyDeadline,
                            progressDeadline)
                    : this;
        }
    }

    /**
     * The job without nulls and without what Nomad writes: equal for two registrations of the same
     * job.
     */
    static ObjectNode normal(ObjectNode job) {
        ObjectNode copy = withoutNulls(job);
        copy.remove(OUTPUT);
        if (!copy.hasNonNull("Type")) {
            copy.put("Type", "service");
        }
        return copy;
    }

    /** Whether it runs until it is stopped, and is deployed. */
    static boolean stays(String type) {
        return type.equals("service") || type.equals(SYSTEM);
    }

    /** Of a system job: one instance, on the only node. */
    static List<Group> groups(ObjectNode job) {
        boolean system = job.path("Type").asText().equals(SYSTEM);
        List<Group> groups = new ArrayList<>();
        for (JsonNode group : job.path("TaskGroups")) {
            List<String> tasks = new ArrayList<>();
            group.path("Tasks").forEach(task -> tasks.add(task.path("Name").asText()));
            JsonNode reschedule = group.path("ReschedulePolicy");
            groups.add(
                    new Group(
                            group.path("Name").asText(),
                            group.path("Count").asInt(1),
                            update(job.path("Update"), group.path("Update")).ofType(system),
                            new Reschedule(
                                    !system
                                            && (reschedule.path("Unlimited").asBoolean(true)
                                                    || reschedule.path("Attempts").asInt(0) > 0),
                                    Duration.ofNanos(
                                            reschedule.path("Delay").asLong(RESCHEDULE_DELAY))),
                            tasks));
        }
        return groups;
    }

    /**
     * What makes an instance of the group be replaced when it differs, whatever the order of its
     * keys.
     */
    static JsonNode replacedIfChanged(ObjectNode job, String group) {
        ObjectNode parts = MAPPER.createObjectNode();
        for (JsonNode candidate : job.path("TaskGroups")) {
            if (group.equals(candidate.path("Name").asText())) {
                parts.set("meta", job.path("Meta"));
                for (String key : List.of("Meta", "Networks", "EphemeralDisk", "Tasks")) {
                    parts.set(key, candidate.path(key));
                }
            }
        }
        try {
            // Numbers that were read are equal to one another, however they were made.
            return MAPPER.readTree(MAPPER.writeValueAsBytes(parts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Update update(JsonNode ofJob, JsonNode ofGroup) {
        ObjectNode merged = MAPPER.createObjectNode();
        for (JsonNode part : List.of(ofJob, ofGroup)) {
            if (part instanceof ObjectNode object) {
                merged.setAll(withoutNulls(object));
            }
        }
        return new Update(
                merged.path("MaxParallel").asInt(1),
                merged.path("Canary").asInt(0),
                merged.path("AutoRevert").asBoolean(false),
                merged.path("AutoPromote").asBoolean(false),
                duration(merged, "MinHealthyTime", Duration.ofSeconds(10)),
                duration(merged, "HealthyDeadline", Duration.ofMinutes(5)),
                duration(merged, "ProgressDeadline", Duration.ofMinutes(10)));
    }

    private static Duration duration(JsonNode node, String field, Duration absent) {
        return node.has(field) ? Duration.ofNanos(node.path(field).asLong()) : absent;
    }

    private static ObjectNode withoutNulls(ObjectNode object) {
        ObjectNode copy = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isNull()) {
                copy.set(field.getKey(), withoutNulls(field.getValue()));
            }
        }
        return copy;
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return withoutNulls(object);
        }
        if (node.isArray()) {
            var copy = MAPPER.createArrayNode();
            node.forEach(element -> copy.add(withoutNulls(element)));
            return copy;
        }
        return node;
    }
}
