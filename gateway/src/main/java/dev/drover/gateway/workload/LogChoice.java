package dev.drover.gateway.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.rollout.Explanations;
import dev.drover.v1.StreamLogsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which task of which allocation a request for a log means.
 *
 * @param othersRunning how many other allocations of the job run
 */
record LogChoice(Allocation allocation, String task, int othersRunning) {
    private static final int SHORTEST_ID = 4;
    private static final int NAMED_MAX = 10;

    /**
     * Chooses.
     *
     * @param job as it is registered; empty: Nomad has none
     * @param oldestFirst its allocations
     * @throws GatewayException INVALID_FIELD naming what exists; TRANSITION_NOT_ALLOWED where there
     *     is no allocation to read from
     */
    static LogChoice of(
            StreamLogsRequest request,
            String jobId,
            Optional<RunningJob> job,
            List<Allocation> oldestFirst) {
        if (job.isEmpty() || oldestFirst.isEmpty()) {
            throw nothing(
                    jobId,
                    job.isEmpty()
                            ? "nothing runs yet: Nomad has no job \"%s\" in the namespace of %s"
                                    .formatted(jobId, request.getEnvironment())
                            : "job \"%s\" has no allocation: none was placed; drover status tells why"
                                    .formatted(jobId));
        }
        Allocation asked =
                request.getAllocation().isEmpty()
                        ? newest(oldestFirst)
                        : byId(request.getAllocation(), oldestFirst);
        Allocation chosen = request.getPrevious() ? before(asked, oldestFirst) : asked;
        long others =
                oldestFirst.stream()
                        .filter(one -> !one.equals(chosen) && JobSight.running(one))
                        .count();
        return new LogChoice(chosen, task(request.getTask(), chosen, job.get()), (int) others);
    }

    private static Allocation newest(List<Allocation> oldestFirst) {
        List<Allocation> newestFirst = oldestFirst.reversed();
        return newestFirst.stream()
                .filter(JobSight::running)
                .findFirst()
                .or(() -> newestFirst.stream().filter(JobSight::wanted).findFirst())
                .orElseGet(newestFirst::getFirst);
    }

    private static Allocation byId(String id, List<Allocation> oldestFirst) {
        if (id.length() < SHORTEST_ID) {
            throw GatewayException.invalidField(
                    "allocation", "'%s' is shorter than %d characters".formatted(id, SHORTEST_ID));
        }
        List<Allocation> found =
                oldestFirst.stream()
                        .filter(one -> one.id().startsWith(id.toLowerCase(Locale.ROOT)))
                        .toList();
        if (found.size() != 1) {
            String what =
                    found.isEmpty()
                            ? "there is no allocation '%s'; there are ".formatted(id)
                                    + named(oldestFirst.reversed())
                            : "'%s' begins several: ".formatted(id) + named(found);
            throw GatewayException.invalidField("allocation", what);
        }
        return found.getFirst();
    }

    private static Allocation before(Allocation asked, List<Allocation> oldestFirst) {
        return oldestFirst.subList(0, oldestFirst.indexOf(asked)).reversed().stream()
                .filter(one -> one.name().equals(asked.name()))
                .findFirst()
                .orElseThrow(() ->
                        nothing(
                                asked.name(),
                                "no allocation was in the place of %s before %s, or Nomad has forgotten it"
                                        .formatted(asked.name(), Explanations.shortId(asked))));
    }

    private static String named(List<Allocation> newestFirst) {
        String names =
                newestFirst.stream()
                        .limit(NAMED_MAX)
                        .map(one ->
                                "%s (%s)"
                                        .formatted(
                                                Explanations.shortId(one),
                                                one.state()
                                                        .client()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(", "));
        int more = newestFirst.size() - NAMED_MAX;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    private static String task(String wanted, Allocation allocation, RunningJob job) {
        List<String> tasks = tasks(allocation, job);
        if (wanted.isEmpty() && tasks.size() == 1) {
            return tasks.getFirst();
        }
        if (!tasks.contains(wanted)) {
            throw GatewayException.invalidField(
                    "task",
                    "%s; the tasks of group \"%s\" are %s"
                            .formatted(
                                    wanted.isEmpty()
                                            ? "is required"
                                            : "there is no task '" + wanted + "'",
                                    allocation.group(),
                                    String.join(", ", tasks)));
        }
        return wanted;
    }

    /**
     * Those of an older version are known by the allocation, those that did not start by the job.
     */
    private static List<String> tasks(Allocation allocation, RunningJob job) {
        List<String> tasks =
                new ArrayList<>(allocation.tasks().stream().map(t -> t.name()).toList());
        if (tasks.isEmpty()) {
            for (JsonNode group : job.spec().path("TaskGroups")) {
                if (group.path("Name").asText().equals(allocation.group())) {
                    group.path("Tasks").forEach(task -> tasks.add(task.path("Name").asText()));
                }
            }
        }
        return tasks;
    }

    private static GatewayException nothing(String subject, String why) {
        return new GatewayException(
                Reason.TRANSITION_NOT_ALLOWED,
                why,
                ErrorDetails.preconditions(
                        List.of(new PreconditionViolation("STATE", subject, why))));
    }
}
