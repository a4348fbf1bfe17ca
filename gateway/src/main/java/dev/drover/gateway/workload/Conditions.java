package dev.drover.gateway.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.rollout.Explanations;
import dev.drover.v1.ApplicationStatus.Condition;
import java.util.Comparator;
import java.util.List;

/** How jobs, and applications of several, do: in one word. */
final class Conditions {
    /** The worst first. */
    private static final List<Condition> WORST_FIRST =
            List.of(
                    Condition.DOWN,
                    Condition.DEGRADED,
                    Condition.CHANGING,
                    Condition.STOPPED,
                    Condition.ABSENT,
                    Condition.HEALTHY);

    private Conditions() {}

    /**
     * The condition of an application.
     *
     * @param changing whether a promotion is being carried out
     */
    static Condition of(List<Condition> jobs, boolean changing) {
        boolean some = jobs.stream().distinct().count() > 1;
        Condition worst =
                jobs.stream()
                        .min(Comparator.comparingInt(WORST_FIRST::indexOf))
                        .orElse(Condition.ABSENT);
        if (worst == Condition.DOWN || worst == Condition.DEGRADED) {
            return worst;
        }
        if (changing) {
            return Condition.CHANGING;
        }
        // Part of it is missing or stopped, and nobody is about to bring it.
        boolean lacking = worst == Condition.STOPPED || worst == Condition.ABSENT;
        return lacking && some ? Condition.DEGRADED : worst;
    }

    static Condition of(JobSight sight) {
        if (sight.job().isEmpty()) {
            return Condition.ABSENT;
        }
        RunningJob job = sight.job().get();
        if (job.stopped()) {
            return Condition.STOPPED;
        }
        return switch (job.type()) {
            case "batch", "sysbatch" -> batch(job, sight);
            default -> service(job, sight);
        };
    }

    private static Condition service(RunningJob job, JobSight sight) {
        boolean wrong =
                !sight.placementFailures().isEmpty()
                        || sight.wanted().stream().anyMatch(Explanations::bad)
                        || failingChecks(sight)
                        || sight.deployment()
                                .filter(one -> one.status() == DeploymentStatus.FAILED)
                                .isPresent();
        if (!wrong && sight.deploying()) {
            return Condition.CHANGING;
        }
        boolean less = false;
        for (JsonNode group : job.spec().path("TaskGroups")) {
            long desired = desired(job, group);
            long running = running(sight, group.path("Name").asText());
            if (running == 0 && (desired > 0 || waits(sight, group))) {
                return Condition.DOWN;
            }
            less |= running < desired;
        }
        return wrong || less ? Condition.DEGRADED : Condition.HEALTHY;
    }

    /** A system job says no count: something is wanted of it where something has no place. */
    private static boolean waits(JobSight sight, JsonNode group) {
        String name = group.path("Name").asText();
        return sight.placementFailures().containsKey(name)
                || sight.wanted().stream().anyMatch(one -> one.group().equals(name));
    }

    /** A periodic or parameterized job runs by its children; it is well while it is there. */
    private static Condition batch(RunningJob job, JobSight sight) {
        if (!sight.placementFailures().isEmpty()) {
            return Condition.DOWN;
        }
        List<Allocation> ofVersion =
                sight.wanted().stream().filter(one -> one.jobVersion() == job.version()).toList();
        if (ofVersion.stream().anyMatch(one -> !one.state().client().ended())) {
            return Condition.CHANGING;
        }
        if (ofVersion.isEmpty()) {
            return Condition.HEALTHY;
        }
        return ofVersion.getLast().state().client() == ClientStatus.COMPLETE
                ? Condition.HEALTHY
                : Condition.DOWN;
    }

    static boolean failingChecks(JobSight sight) {
        return sight.checks().found().values().stream()
                .flatMap(List::stream)
                .anyMatch(check -> check.status().equals("failure"));
    }

    /** How many allocations of a group are wanted; of a system job 0. */
    static long desired(RunningJob job, JsonNode group) {
        return job.type().startsWith("sys") ? 0 : group.path("Count").asLong(1);
    }

    static long running(JobSight sight, String group) {
        return sight.allocations().stream()
                .filter(one -> one.group().equals(group) && JobSight.running(one))
                .count();
    }
}
