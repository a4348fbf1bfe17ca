package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spells the keys of JSON jobs as Nomad does. Nomad reads keys without regard to case, so a driver
 * under {@code "driver"} would otherwise go unseen by the job baseline.
 */
final class JobKeys {

    private static final List<String> JOB =
            List.of(
                    "ID",
                    "Name",
                    "Type",
                    "Namespace",
                    "Region",
                    "Datacenters",
                    "NodePool",
                    "Constraints",
                    "Update",
                    "Periodic",
                    "ParameterizedJob",
                    "TaskGroups",
                    "Meta",
                    "Stop",
                    "Status",
                    "StatusDescription",
                    "Stable",
                    "Version",
                    "VersionTag",
                    "SubmitTime",
                    "CreateIndex",
                    "ModifyIndex",
                    "JobModifyIndex",
                    "NomadTokenID",
                    "ParentID");

    private static final List<String> GROUP =
            List.of("Name", "Count", "Tasks", "Update", "Constraints", "Meta", "Services");
    private static final List<String> TASK =
            List.of(
                    "Name",
                    "Driver",
                    "Config",
                    "Env",
                    "Meta",
                    "Resources",
                    "Constraints",
                    "Artifacts",
                    "Templates");
    private static final List<String> UPDATE =
            List.of(
                    "Canary",
                    "MaxParallel",
                    "AutoPromote",
                    "AutoRevert",
                    "MinHealthyTime",
                    "HealthyDeadline",
                    "ProgressDeadline",
                    "HealthCheck",
                    "Stagger");
    private static final List<String> CONSTRAINT = List.of("LTarget", "RTarget", "Operand");
    private static final List<String> RESOURCES = List.of("CPU", "MemoryMB");

    private JobKeys() {}

    /** The job inside {@code {"Job": …}}, or the tree itself. */
    static JsonNode inner(JsonNode root) {
        return root.propertyStream()
                .filter(entry ->
                        entry.getKey().equalsIgnoreCase("Job") && entry.getValue().isObject())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(root);
    }

    static ObjectNode canonical(ObjectNode job, JobspecProblem problem) {
        ObjectNode copy = spelled(job, JOB, "job", problem);
        spellOne(copy, "Update", UPDATE, problem);
        spellAll(copy, "Constraints", CONSTRAINT, problem);
        for (ObjectNode group : spellAll(copy, "TaskGroups", GROUP, problem)) {
            spellOne(group, "Update", UPDATE, problem);
            for (ObjectNode task : spellAll(group, "Tasks", TASK, problem)) {
                spellOne(task, "Resources", RESOURCES, problem);
            }
        }
        return copy;
    }

    private static void spellOne(
            ObjectNode owner, String key, List<String> names, JobspecProblem problem) {
        if (owner.get(key) instanceof ObjectNode child) {
            owner.set(key, spelled(child, names, key, problem));
        }
    }

    private static List<ObjectNode> spellAll(
            ObjectNode owner, String key, List<String> names, JobspecProblem problem) {
        List<ObjectNode> children =
                owner.path(key)
                        .valueStream()
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .map(child -> spelled(child, names, key, problem))
                        .toList();
        if (!children.isEmpty()) {
            owner.putArray(key).addAll(children);
        }
        return children;
    }

    private static ObjectNode spelled(
            ObjectNode object, List<String> names, String where, JobspecProblem problem) {
        ObjectNode copy = CanonicalJson.MAPPER.createObjectNode();
        object.properties()
                .forEach(entry -> {
                    String name = name(entry.getKey(), names);
                    if (copy.has(name)) {
                        throw problem.invalid(
                                "\"%s\" is there twice in %s, in different spelling"
                                        .formatted(name, where));
                    }
                    copy.set(name, entry.getValue());
                });
        return copy;
    }

    private static String name(String key, List<String> names) {
        Optional<String> known = names.stream().filter(key::equalsIgnoreCase).findFirst();
        return known.orElse(key);
    }
}
