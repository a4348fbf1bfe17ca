package dev.drover.gateway.workload;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.gateway.plan.SafeTexts;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.AllocationStatus;
import dev.drover.v1.CheckStatus;
import dev.drover.v1.TaskEvent;
import dev.drover.v1.TaskStatus;
import java.util.List;
import java.util.Locale;

/** Allocations as the API tells them. */
final class AllocationMessages {
    private final SafeTexts safe;

    AllocationMessages(SafeTexts safe) {
        this.safe = safe;
    }

    AllocationStatus allocation(Allocation one, List<CheckResult> checks) {
        AllocationStatus.Builder status =
                AllocationStatus.newBuilder()
                        .setAllocationId(one.id())
                        .setName(one.name())
                        .setGroup(one.group())
                        .setJobVersion(one.jobVersion())
                        .setNode(one.nodeName())
                        .setDesired(one.state().desired())
                        .setStatus(one.state().client().name().toLowerCase(Locale.ROOT))
                        .setCanary(one.state().canary());
        one.state().healthy().ifPresent(status::setHealthy);
        one.tasks().forEach(task -> status.addTasks(task(task)));
        checks.forEach(check -> status.addChecks(check(check)));
        return status.build();
    }

    private TaskStatus task(TaskState task) {
        TaskStatus.Builder status =
                TaskStatus.newBuilder()
                        .setTask(task.name())
                        .setState(task.state())
                        .setFailed(task.failed())
                        .setRestarts(task.restarts());
        task.events()
                .forEach(event ->
                        status.addEvents(
                                TaskEvent.newBuilder()
                                        .setType(event.type())
                                        .setMessage(safe.sentence(event.message()))
                                        .setTime(Times.timestamp(event.time()))));
        return status.build();
    }

    private CheckStatus check(CheckResult check) {
        return CheckStatus.newBuilder()
                .setService(check.service())
                .setCheck(check.check())
                .setStatus(check.status())
                .setOutput(safe.sentence(check.output()))
                .setHttpStatus(check.httpStatus())
                .setTime(Times.timestamp(check.time()))
                .build();
    }
}
