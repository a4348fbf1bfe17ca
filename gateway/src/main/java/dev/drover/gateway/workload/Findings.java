package dev.drover.gateway.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.gateway.plan.SafeTexts;
import dev.drover.gateway.rollout.Explanations;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong or under way, one line each, for somebody who has one minute. */
final class Findings {
    private static final int CHECKS_TOLD = 3;

    private final SafeTexts safe;
    private final EnvironmentState state;
    private final Origins origins;
    private final List<String> found = new ArrayList<>();

    Findings(SafeTexts safe, EnvironmentState state, Origins origins) {
        this.safe = safe;
        this.state = state;
        this.origins = origins;
    }

    /** The worst first: what does not run, what runs badly, what is going on. */
    List<String> of(List<JobSight> jobs, Optional<Promotion> active) {
        left();
        jobs.forEach(this::missing);
        jobs.forEach(job -> live(job).ifPresent(there -> unplaced(job, there)));
        jobs.forEach(this::bad);
        jobs.forEach(this::restarted);
        jobs.forEach(this::checks);
        jobs.forEach(job -> live(job).ifPresent(there -> tooFew(job, there)));
        jobs.forEach(job -> live(job).ifPresent(there -> deployment(job)));
        jobs.forEach(job -> live(job).ifPresent(there -> foreign(job, there, active)));
        active.ifPresent(one ->
                found.add(
                        "promotion %s is %s: %s"
                                .formatted(
                                        id(one.getName()), one.getState(), one.getStateMessage())));
        return found.stream().map(safe::sentence).toList();
    }

    /** What failed promotions left behind: Nomad does not tell. */
    private void left() {
        switch (state.getCondition()) {
            case ROLLBACK_FAILED ->
                    found.add("the rollback failed: " + state.getConditionMessage());
            case LEFT ->
                    found.add("what a promotion changed was left: " + state.getConditionMessage());
            case STOPPED -> found.add(state.getConditionMessage());
            default -> {}
        }
    }

    /** The job, where it is not stopped. */
    private static Optional<RunningJob> live(JobSight job) {
        return job.job().filter(there -> !there.stopped());
    }

    private void missing(JobSight job) {
        if (job.job().isEmpty()) {
            found.add(
                    state.getRelease().isEmpty()
                            ? "job \"%s\" was never brought here: nothing runs yet"
                                    .formatted(job.id())
                            : ("job \"%s\" is not in Nomad, although %s was brought here:"
                                            + " it was removed, or is newer than that")
                                    .formatted(job.id(), id(state.getRelease())));
        } else if (live(job).isEmpty()) {
            found.add(
                    "job \"%s\" is stopped since version %d"
                            .formatted(job.id(), job.job().get().version()));
        }
    }

    private void unplaced(JobSight job, RunningJob there) {
        new TreeMap<>(job.placementFailures())
                .forEach((group, failure) ->
                        found.add(
                                "job \"%s\", %s"
                                        .formatted(
                                                job.id(),
                                                safe.placement(there.spec(), group, failure)
                                                        .getMessage())));
    }

    /** Allocations that failed or are unhealthy, by version. */
    private void bad(JobSight job) {
        job.wanted().stream()
                .filter(Explanations::bad)
                .collect(
                        Collectors.groupingBy(
                                Allocation::jobVersion, TreeMap::new, Collectors.toList()))
                .descendingMap()
                .forEach((version, allocations) ->
                        found.add(
                                "job \"%s\": %d %s of version %d %s%s"
                                        .formatted(
                                                job.id(),
                                                allocations.size(),
                                                allocations.size() == 1
                                                        ? "allocation"
                                                        : "allocations",
                                                version,
                                                kinds(allocations),
                                                Explanations.badAllocation(allocations, version))));
    }

    private static String kinds(List<Allocation> allocations) {
        return allocations.stream()
                .map(one ->
                        switch (one.state().client()) {
                            case FAILED -> "failed";
                            case LOST -> "lost with the node";
                            case PENDING, RUNNING, COMPLETE, UNKNOWN -> "unhealthy";
                        })
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    /** Tasks that come back again and again; those of failed allocations are told already. */
    private void restarted(JobSight job) {
        for (Allocation one : job.wanted()) {
            for (TaskState task : one.tasks()) {
                if (task.restarts() > 0
                        && !Explanations.bad(one)
                        && one.state().client() != ClientStatus.COMPLETE) {
                    found.add(
                            "job \"%s\": task \"%s\" of allocation %s was restarted %d %s; last: %s"
                                    .formatted(
                                            job.id(),
                                            task.name(),
                                            Explanations.shortId(one),
                                            task.restarts(),
                                            task.restarts() == 1 ? "time" : "times",
                                            Explanations.lastWord(task)));
                }
            }
        }
    }

    private void checks(JobSight job) {
        int failing = 0;
        for (Allocation one : job.wanted()) {
            for (CheckResult check : job.checks().of(one)) {
                if (!check.status().equals("failure")) {
                    continue;
                }
                failing++;
                if (failing <= CHECKS_TOLD) {
                    found.add(
                            "job \"%s\": check \"%s\" of service \"%s\" fails on allocation %s: %s"
                                    .formatted(
                                            job.id(),
                                            check.check(),
                                            check.service(),
                                            Explanations.shortId(one),
                                            check.output()));
                }
            }
        }
        if (failing > CHECKS_TOLD) {
            found.add("job \"%s\": %d more checks fail".formatted(job.id(), failing - CHECKS_TOLD));
        }
    }

    /** What nothing above may explain, such as tasks that ended well but should go on. */
    private void tooFew(JobSight job, RunningJob there) {
        if (job.deploying() || there.type().equals("batch")) {
            return;
        }
        for (JsonNode group : there.spec().path("TaskGroups")) {
            String name = group.path("Name").asText();
            long running = Conditions.running(job, name);
            if (running < Conditions.desired(there, group)) {
                found.add(
                        "job \"%s\", group \"%s\": %d of %d wanted allocations run"
                                .formatted(
                                        job.id(), name, running, Conditions.desired(there, group)));
            }
        }
    }

    private void deployment(JobSight job) {
        job.deployment()
                .filter(one -> !one.status().ended() || one.status() == DeploymentStatus.FAILED)
                .ifPresent(one ->
                        found.add(
                                "job \"%s\": deployment of version %d: %s"
                                        .formatted(
                                                job.id(), one.job().version(), one.description())));
    }

    /**
     * What somebody made of a job that Drover brought; while one is being brought nobody can say.
     */
    private void foreign(JobSight job, RunningJob there, Optional<Promotion> active) {
        if (state.getRelease().isEmpty() || active.filter(StatusMethod::changing).isPresent()) {
            return;
        }
        job.versions().stream()
                .filter(version -> version.version() == there.version())
                .filter(version -> origins.of(job.id(), version).isEmpty())
                .forEach(version ->
                        found.add(
                                "job \"%s\": Drover did not bring version %d: somebody changed the job in Nomad"
                                        .formatted(job.id(), version.version())));
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
