package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One job on the simulated Nomad with everything that hangs on it. */
final class SimulatedJob {

    private static final int TRACKED_VERSIONS = 6;

    /** One version, newest last in the job's list. */
    static final class Version {
        final long number;
        final ObjectNode spec;
        final boolean stopped;
        final long specIndex;
        final Instant submitted;
        boolean stable;
        Optional<String> tag = Optional.empty();

        Version(long number, ObjectNode spec, boolean stopped, long specIndex, Instant submitted) {
            this.number = number;
            this.spec = spec;
            this.stopped = stopped;
            this.specIndex = specIndex;
            this.submitted = submitted;
        }
    }

    final String namespace;
    final String id;
    final long createIndex;
    final List<Version> versions = new ArrayList<>();
    final List<SimulatedAllocation> allocations = new ArrayList<>();
    final List<SimulatedDeployment> deployments = new ArrayList<>();

    /** What it launched, by token. */
    final Map<String, String> runs = new HashMap<>();

    long modifyIndex;

    /** Ids, the oldest first. */
    final List<String> evaluations = new ArrayList<>();

    /** Evaluations that are not done. */
    int openEvaluations;

    /** Whether an evaluation waits for room. */
    boolean blocked;

    /** Whether the deployment watcher is going to look after its usual delay. */
    boolean watcherDue;

    boolean purged;

    SimulatedJob(String namespace, String id, long createIndex) {
        this.namespace = namespace;
        this.id = id;
        this.createIndex = createIndex;
    }

    Version current() {
        return versions.getLast();
    }

    String type() {
        return current().spec.path("Type").asText("service");
    }

    boolean system() {
        return type().equals("system");
    }

    Optional<Version> version(long number) {
        return versions.stream().filter(version -> version.number == number).findFirst();
    }

    /**
     * Adds a version; of the older ones Nomad keeps a few, those with a tag, and the newest stable
     * one.
     */
    Version add(ObjectNode spec, boolean stopped, long index, Instant now) {
        long number = versions.isEmpty() ? 0 : current().number + 1;
        Version version = new Version(number, spec, stopped, index, now);
        versions.add(version);
        modifyIndex = index;
        Optional<Version> stable = versions.reversed().stream().filter(v -> v.stable).findFirst();
        versions.removeIf(old ->
                old.number <= number - TRACKED_VERSIONS
                        && old.tag.isEmpty()
                        && stable.filter(keep -> keep == old).isEmpty());
        return version;
    }

    Optional<SimulatedDeployment> deploymentOfCurrent() {
        return deployments.stream()
                .filter(deployment -> deployment.job.specIndex() == current().specIndex)
                .findFirst();
    }

    List<SimulatedAllocation> allocationsOf(String group) {
        return allocations.stream().filter(allocation -> allocation.group.equals(group)).toList();
    }

    /** Whether it only launches others. */
    boolean launches() {
        return current().spec.hasNonNull("Periodic")
                || current().spec.hasNonNull("ParameterizedJob");
    }

    String status() {
        if (current().stopped) {
            return "dead";
        }
        if (launches()) {
            return "running";
        }
        if (allocations.stream().anyMatch(SimulatedAllocation::live)) {
            return "running";
        }
        return openEvaluations > 0 || blocked ? "pending" : "dead";
    }

    RunningJob view() {
        Version now = current();
        return new RunningJob(
                id, type(), now.number, indexes(now), now.stopped, status(), json(now));
    }

    JobVersion view(Version version) {
        return new JobVersion(
                version.number,
                indexes(version),
                version.stable,
                version.stopped,
                version.tag,
                version.submitted,
                json(version));
    }

    private JobIndexes indexes(Version version) {
        return new JobIndexes(createIndex, modifyIndex, version.specIndex);
    }

    /** The job as Nomad would show it. */
    private ObjectNode json(Version version) {
        ObjectNode json = version.spec.deepCopy();
        json.put("Namespace", namespace);
        json.put("Version", version.number);
        json.put("Stable", version.stable);
        json.put("Stop", version.stopped);
        json.put("CreateIndex", createIndex);
        json.put("ModifyIndex", modifyIndex);
        json.put("JobModifyIndex", version.specIndex);
        json.put("SubmitTime", version.submitted.getEpochSecond() * 1_000_000_000L);
        version.tag.ifPresent(name -> json.putObject("VersionTag").put("Name", name));
        if (version == current()) {
            json.put("Status", status());
        }
        return json;
    }
}
