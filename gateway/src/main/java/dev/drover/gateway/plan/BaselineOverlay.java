package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.drover.v1.Constraint;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.UpdateDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays an environment's job baseline over a job. */
final class BaselineOverlay {

    /**
     * What came of it.
     *
     * @param job a new tree
     * @param changes what was added or changed, one line each: path, and what was done
     * @param offences what the job may not have: path, and why
     */
    record Result(ObjectNode job, List<String> changes, List<String> offences) {}

    private final Environment environment;
    private final JobBaseline baseline;
    private final ObjectNode job;
    private final List<String> changes = new ArrayList<>();
    private final List<String> offences = new ArrayList<>();

    private BaselineOverlay(Environment environment, ObjectNode job) {
        this.environment = environment;
        this.baseline = environment.getJobBaseline();
        this.job = job;
    }

    /**
     * Lays it over a copy of the job.
     *
     * @param region the Nomad region of the environment's cluster; empty: not told
     */
    static Result apply(ObjectNode job, Environment environment, String region) {
        BaselineOverlay overlay = new BaselineOverlay(environment, job.deepCopy());
        overlay.place("Namespace", "namespace", Namespaces.of(environment));
        overlay.region(region);
        overlay.datacenters();
        overlay.nodePool();
        overlay.constraints();
        overlay.updateDefaults();
        for (JobTask task : JobTask.all(overlay.job)) {
            overlay.environmentVariables(task);
            overlay.driver(task);
        }
        return new Result(overlay.job, List.copyOf(overlay.changes), List.copyOf(overlay.offences));
    }

    private void region(String region) {
        String own = job.path("Region").asText("");
        if (!region.isEmpty()) {
            place("Region", "region", region);
        } else if (!own.isEmpty()) {
            offences.add(
                    "region: \"%s\" is not declared by %s; leave it out of the jobspec, or set region there"
                            .formatted(own, environment.getCluster()));
        }
    }

    /** Sets where the job is placed; a jobspec that names another place is refused. */
    private void place(String key, String path, String value) {
        String own = job.path(key).asText("");
        if (own.isEmpty()) {
            job.put(key, value);
            changes.add("%s: set to \"%s\"".formatted(path, value));
        } else if (!own.equals(value)) {
            offences.add(
                    "%s: \"%s\" is not that of %s, which is \"%s\"; leave it out of the jobspec"
                            .formatted(path, own, environment.getName(), value));
        }
    }

    private void datacenters() {
        List<String> own = job.path("Datacenters").valueStream().map(JsonNode::asText).toList();
        List<String> wanted = baseline.getDatacentersList();
        if (wanted.isEmpty() || wanted.equals(own)) {
            return;
        }
        wanted.forEach(job.putArray("Datacenters")::add);
        changes.add(
                "datacenters: " + instead(wanted.toString(), own.isEmpty() ? "" : own.toString()));
    }

    private void nodePool() {
        String own = job.path("NodePool").asText("");
        String wanted = baseline.getNodePool();
        if (wanted.isEmpty() || wanted.equals(own)) {
            return;
        }
        job.put("NodePool", wanted);
        changes.add("node_pool: " + instead(wanted, own));
    }

    private static String instead(String wanted, String own) {
        return own.isEmpty() ? "set to " + wanted : wanted + " instead of " + own;
    }

    private void constraints() {
        for (Constraint constraint : baseline.getConstraintsList()) {
            String operator = constraint.getOperator().isEmpty() ? "=" : constraint.getOperator();
            ObjectNode wanted =
                    CanonicalJson.MAPPER
                            .createObjectNode()
                            .put("LTarget", constraint.getAttribute())
                            .put("RTarget", constraint.getValue())
                            .put("Operand", operator);
            if (job.path("Constraints").valueStream().noneMatch(wanted::equals)) {
                job.withArray("Constraints").add(wanted);
                changes.add(
                        "constraint: added %s %s %s"
                                .formatted(
                                        constraint.getAttribute(),
                                        operator,
                                        constraint.getValue()));
            }
        }
    }

    private void updateDefaults() {
        if (!baseline.hasUpdate() || !JobType.of(job).updates()) {
            return;
        }
        UpdateDefaults defaults = baseline.getUpdate();
        if (defaults.hasMaxParallel()) {
            updateDefault("MaxParallel", "max_parallel", defaults.getMaxParallel(), "");
        }
        if (defaults.hasMinHealthyTime()) {
            updateDefault("MinHealthyTime", "min_healthy_time", defaults.getMinHealthyTime());
        }
        if (defaults.hasHealthyDeadline()) {
            updateDefault("HealthyDeadline", "healthy_deadline", defaults.getHealthyDeadline());
        }
        if (defaults.hasProgressDeadline()) {
            updateDefault("ProgressDeadline", "progress_deadline", defaults.getProgressDeadline());
        }
    }

    private void updateDefault(String key, String path, Duration value) {
        updateDefault(key, path, Durations.toNanos(value), Durations.toString(value));
    }

    private void updateDefault(String key, String path, long value, String text) {
        ObjectNode update = job.withObjectProperty("Update");
        if (!update.has(key)) {
            update.put(key, value);
            changes.add("update.%s: set to %s".formatted(path, text.isEmpty() ? value : text));
        }
    }

    private void environmentVariables(JobTask task) {
        Map<String, String> wanted = new TreeMap<>(baseline.getEnvMap());
        wanted.forEach((name, value) -> {
            JsonNode own = task.spec().path("Env").path(name);
            String path = task.path() + " > env." + name;
            if (own.isMissingNode()) {
                task.spec().withObjectProperty("Env").put(name, value);
                changes.add("%s: set to \"%s\"".formatted(path, value));
            } else if (!own.asText().equals(value)) {
                offences.add(
                        "%s: another value than \"%s\", which %s sets; leave it out of the jobspec"
                                .formatted(path, value, environment.getName()));
            }
        });
    }

    private void driver(JobTask task) {
        List<String> allowed = baseline.getAllowedDriversList();
        if (!allowed.isEmpty() && !allowed.contains(task.driver())) {
            offences.add(
                    "%s > driver: \"%s\" is not allowed in %s, which allows %s"
                            .formatted(
                                    task.path(),
                                    task.driver(),
                                    environment.getName(),
                                    String.join(", ", allowed)));
        }
    }
}
