package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeployedJob;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.JobIndexes;
import dev.drover.gateway.cluster.PlacementFailure;
import dev.drover.gateway.cluster.RunningJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Nomad may tell of the job "web", version 3, registered at index 30; one group "g". */
final class Sights {
    static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<RunningJob> job = Optional.of(running(30, false, "service"));
    private Optional<Evaluation> evaluation = Optional.of(evaluated("complete", Map.of()));
    private Optional<JobDeployment> deployment = Optional.empty();
    private final List<Allocation> allocations = new ArrayList<>();

    static Sights of() {
        return new Sights();
    }

    Sights gone() {
        job = Optional.empty();
        return this;
    }

    Sights changedToIndex(long index, boolean stopped) {
        job = Optional.of(running(index, stopped, "service"));
        return this;
    }

    Sights type(String type, String field) {
        RunningJob plain = running(30, false, type);
        ObjectNode spec = plain.spec().deepCopy();
        if (!field.isEmpty()) {
            spec.putObject(field);
        }
        job =
                Optional.of(
                        new RunningJob(
                                plain.id(), type, 3, plain.indexes(), false, "running", spec));
        evaluation =
                Optional.of(
                        new Evaluation(
                                "e1",
                                "complete",
                                "",
                                "job-register",
                                Optional.empty(),
                                Map.of(),
                                Optional.empty()));
        return this;
    }

    Sights dead() {
        RunningJob before = job.orElseThrow();
        job =
                Optional.of(
                        new RunningJob(
                                "web",
                                before.type(),
                                3,
                                before.indexes(),
                                false,
                                "dead",
                                before.spec()));
        return this;
    }

    Sights evaluating() {
        evaluation = Optional.of(evaluated("pending", Map.of()));
        return this;
    }

    Sights unplaceable() {
        PlacementFailure failure =
                new PlacementFailure(
                        new PlacementFailure.NodeCounts(1, 1, 1, 0, Map.of()),
                        Map.of("missing drivers", 1L),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        2);
        evaluation = Optional.of(evaluated("complete", Map.of("g", failure)));
        return this;
    }

    /** A deployment; canaries wanted, allocations placed, healthy by Nomad's counter. */
    Sights deployment(DeploymentStatus status, String said, int canaries, int placed, int healthy) {
        return deployment(status, said, canaries, placed, healthy, false);
    }

    Sights promoted() {
        return deployment(DeploymentStatus.RUNNING, "Deployment is running", 1, 1, 1, true);
    }

    Sights paused() {
        return deployment(DeploymentStatus.PAUSED, "Deployment is paused", 1, 1, 1, true);
    }

    private Sights deployment(
            DeploymentStatus status,
            String said,
            int canaries,
            int placed,
            int healthy,
            boolean promoted) {
        DeploymentGroup group =
                new DeploymentGroup(
                        false,
                        promoted,
                        canaries,
                        canaries == 0 ? List.of() : List.of("a1"),
                        new DeploymentGroup.Counts(2, placed, healthy, 0),
                        Duration.ofMinutes(1),
                        placed == 0
                                ? Optional.empty()
                                : Optional.of(START.plus(Duration.ofMinutes(1))));
        deployment =
                Optional.of(
                        new JobDeployment(
                                "d1",
                                new DeployedJob("default", "web", 3, 10, 30),
                                status,
                                said,
                                Map.of("g", group),
                                40));
        return this;
    }

    Sights allocation(String id, ClientStatus status, boolean healthy) {
        return allocation(
                id,
                new Allocation.State(
                        "run", status, Optional.of(healthy), true, Allocation.Successor.NONE));
    }

    Sights allocation(String id, Allocation.State state) {
        allocations.add(new Allocation(id, "web.g[0]", "g", 3, "node", state, List.of()));
        return this;
    }

    /** The group has this field. */
    Sights group(String field, ObjectNode value) {
        ((ObjectNode) job.orElseThrow().spec().path("TaskGroups").path(0)).set(field, value);
        return this;
    }

    JobSight seen() {
        return new JobSight(job, evaluation, deployment, allocations);
    }

    private static RunningJob running(long index, boolean stopped, String type) {
        ObjectNode spec = JSON.createObjectNode();
        ObjectNode group = spec.putArray("TaskGroups").addObject();
        group.put("Name", "g").put("Count", 2).putObject("Update").put("MaxParallel", 1);
        return new RunningJob(
                "web",
                type,
                3,
                new JobIndexes(10, 41, index),
                stopped,
                stopped ? "dead" : "running",
                spec);
    }

    private static Evaluation evaluated(String status, Map<String, PlacementFailure> failures) {
        return new Evaluation(
                "e1", status, "", "job-register", Optional.of("d1"), failures, Optional.empty());
    }
}
