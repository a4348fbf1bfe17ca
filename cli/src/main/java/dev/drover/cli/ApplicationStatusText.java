package dev.drover.cli;

import dev.drover.v1.AllocationStatus;
import dev.drover.v1.ApplicationStatus;
import dev.drover.v1.CheckStatus;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.JobStatus;
import dev.drover.v1.TaskEvent;
import dev.drover.v1.TaskStatus;
import dev.drover.v1.VersionStatus;
import java.util.ArrayList;
import java.util.List;

/** How an application does, on one screen: first what is wrong. */
final class ApplicationStatusText {
    private static final int ID_LENGTH = 8;
    private static final int ALLOCATIONS_MAX = 12;

    private final Output output;

    ApplicationStatusText(Output output) {
        this.output = output;
    }

    void print(ApplicationStatus status) {
        output.line(
                "%s in %s: %s"
                        .formatted(
                                Names.id(status.getApplication()),
                                Names.id(status.getEnvironment()),
                                status.getCondition()));
        output.line(brought(status.getState()));
        status.getFindingsList().forEach(finding -> output.line("  ! " + finding));
        status.getJobsList().forEach(this::job);
    }

    private static String brought(EnvironmentState state) {
        String release = ReleaseText.brought(state);
        if (state.getActivePromotion().isEmpty()) {
            return release + ".";
        }
        List<String> waiting =
                state.getWaitingPromotionsList().stream()
                        .filter(one -> !one.equals(state.getActivePromotion()))
                        .map(Names::id)
                        .toList();
        return "%s; %s is %s%s."
                .formatted(
                        release,
                        Names.id(state.getActivePromotion()),
                        state.getActiveState(),
                        waiting.isEmpty()
                                ? ""
                                : "; waiting, the next one first: " + String.join(", ", waiting));
    }

    private void job(JobStatus job) {
        output.line("");
        if (job.getType().isEmpty()) {
            output.line("job %s: %s".formatted(job.getJob(), job.getCondition()));
            return;
        }
        output.line(
                "job %s (%s): %s, version %d"
                        .formatted(
                                job.getJob(), job.getType(), job.getCondition(), job.getVersion()));
        job.getGroupsList()
                .forEach(group ->
                        output.line(
                                "group %s: %d wanted, %d running, %d healthy"
                                        .formatted(
                                                group.getGroup(),
                                                group.getDesired(),
                                                group.getRunning(),
                                                group.getHealthy())));
        if (job.hasDeployment()) {
            output.line(
                    "deployment of version %d: %s; %s"
                            .formatted(
                                    job.getDeployment().getJobVersion(),
                                    job.getDeployment().getStatus(),
                                    job.getDeployment().getDescription()));
        }
        versions(job);
        allocations(job);
        if (!job.getChecksMessage().isEmpty()) {
            output.line("checks: " + job.getChecksMessage());
        }
    }

    private void versions(JobStatus job) {
        List<List<String>> rows = new ArrayList<>();
        for (VersionStatus one : job.getVersionsList()) {
            rows.add(
                    List.of(
                            one.getVersion() + (one.getCurrent() ? "*" : ""),
                            one.getRelease().isEmpty()
                                    ? "not Drover's"
                                    : Names.id(one.getRelease()),
                            one.getPromotion().isEmpty() ? "-" : Names.id(one.getPromotion()),
                            Long.toString(one.getRunning()),
                            Long.toString(one.getPending()),
                            Long.toString(one.getUnhealthy()),
                            Long.toString(one.getFailed() + one.getLost())));
        }
        output.table(
                List.of(
                        "VERSION",
                        "RELEASE",
                        "PROMOTION",
                        "RUNNING",
                        "PENDING",
                        "UNHEALTHY",
                        "FAILED"),
                rows);
    }

    private void allocations(JobStatus job) {
        List<List<String>> rows = new ArrayList<>();
        for (AllocationStatus one : job.getAllocationsList()) {
            if (rows.size() < ALLOCATIONS_MAX) {
                rows.add(
                        List.of(
                                shortId(one.getAllocationId()),
                                place(job, one),
                                Long.toString(one.getJobVersion()),
                                one.getStatus() + (one.getCanary() ? " canary" : ""),
                                health(one),
                                Long.toString(restarts(one)),
                                one.getNode(),
                                last(one)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        output.table(
                List.of(
                        "ALLOCATION",
                        "PLACE",
                        "VERSION",
                        "STATUS",
                        "HEALTH",
                        "RESTARTS",
                        "NODE",
                        "LAST EVENT (UTC)"),
                rows);
        int more = job.getAllocationsCount() + job.getAllocationsLeftOut() - rows.size();
        if (more > 0) {
            output.line("and %d more; -o json tells them".formatted(more));
        }
    }

    /** Its name without that of the job, which may have points as well. */
    private static String place(JobStatus job, AllocationStatus one) {
        String prefix = job.getJob() + ".";
        return one.getName().startsWith(prefix)
                ? one.getName().substring(prefix.length())
                : one.getName();
    }

    private static String health(AllocationStatus one) {
        long failing =
                one.getChecksList().stream()
                        .map(CheckStatus::getStatus)
                        .filter("failure"::equals)
                        .count();
        if (failing > 0) {
            return failing == 1 ? "1 check fails" : failing + " checks fail";
        }
        if (!one.hasHealthy()) {
            return "-";
        }
        return one.getHealthy() ? "healthy" : "unhealthy";
    }

    private static long restarts(AllocationStatus one) {
        return one.getTasksList().stream().mapToLong(TaskStatus::getRestarts).sum();
    }

    /** Of the task that something happened to last. */
    private static String last(AllocationStatus one) {
        TaskEvent last = TaskEvent.getDefaultInstance();
        String task = "";
        for (TaskStatus each : one.getTasksList()) {
            for (TaskEvent event : each.getEventsList()) {
                if (event.getTime().getSeconds() >= last.getTime().getSeconds()) {
                    last = event;
                    task = each.getTask();
                }
            }
        }
        return task.isEmpty()
                ? "-"
                : "%s %s: %s: %s"
                        .formatted(
                                Times.text(last.getTime()),
                                task,
                                last.getType(),
                                last.getMessage());
    }

    static String shortId(String id) {
        return id.substring(0, Math.min(ID_LENGTH, id.length()));
    }
}
