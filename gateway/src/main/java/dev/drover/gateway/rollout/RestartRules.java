package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.RestartedAllocation;
import dev.drover.v1.RestartedAllocation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what follows while allocations are restarted where they are: as many of a group at a time
 * as its update block says, each of which has to run again before the next.
 */
final class RestartRules {
    private static final Duration HEALTHY_TIME = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String SIGNALED = "Restart Signaled";
    private static final String STARTED = "Started";

    private final PhaseView view;
    private final RunningJob job;
    private final Map<String, Allocation> allocations = new HashMap<>();
    private final List<RestartedAllocation> restarts = new ArrayList<>();

    private RestartRules(PhaseView view, RunningJob job) {
        this.view = view;
        this.job = job;
        view.sight().allocations().forEach(one -> allocations.put(one.id(), one));
    }

    static PhaseStep decide(PhaseView view) {
        return Backwards.decide(view).orElseGet(() -> forward(view));
    }

    private static PhaseStep forward(PhaseView view) {
        Optional<RunningJob> job =
                view.sight()
                        .job()
                        .filter(one ->
                                one.indexes().spec()
                                        == view.notes().registration().expectedIndex());
        return job.isEmpty()
                ? view.failed(
                        FailureCause.CHANGED_OUT_OF_BAND,
                        "somebody else changed the job while it was being restarted; the rest of its allocations is left alone")
                : new RestartRules(view, job.get()).decide();
    }

    private PhaseStep decide() {
        for (RestartedAllocation one : begun()) {
            RestartedAllocation after = after(one);
            Optional<String> bad = bad(after);
            if (bad.isPresent()) {
                return view.failed(
                        bad.get().startsWith("not ")
                                ? FailureCause.DEADLINE_EXCEEDED
                                : FailureCause.UNHEALTHY,
                        "allocation %s: %s"
                                .formatted(after.getAllocation().split("-", 2)[0], bad.get()));
            }
            restarts.add(after);
        }
        List<RolloutEffect> asked = view.paused() ? List.of() : ask();
        long done = restarts.stream().filter(RestartRules::done).count();
        Phase phase = view.phase().toBuilder().clearRestarts().addAllRestarts(restarts).build();
        PhaseView now =
                new PhaseView(
                        view.promotion(),
                        view.limits(),
                        phase,
                        view.notes(),
                        view.sight(),
                        view.verdict(),
                        view.now());
        PhaseStep step =
                done == restarts.size()
                        ? now.completed("%d allocations restarted".formatted(done))
                        : now.stay(
                                "%d of %d allocations restarted".formatted(done, restarts.size()));
        for (RolloutEffect effect : asked) {
            step = step.with(effect);
        }
        return step;
    }

    /** Those that ran when it began, with what they had behind them then. */
    private List<RestartedAllocation> begun() {
        return view.phase().getRestartsCount() > 0
                ? view.phase().getRestartsList()
                : view.sight().allocations().stream()
                        .filter(one -> one.state().desired().equals("run"))
                        .filter(one -> one.state().client() == ClientStatus.RUNNING)
                        .map(one ->
                                RestartedAllocation.newBuilder()
                                        .setAllocation(one.id())
                                        .setGroup(one.group())
                                        .setRestartsBefore(restarts(one))
                                        .setState(State.WAITING)
                                        .build())
                        .toList();
    }

    private RestartedAllocation after(RestartedAllocation one) {
        Allocation now = allocations.get(one.getAllocation());
        if (done(one)) {
            return one;
        }
        if (now == null || gone(now)) {
            return one.toBuilder().setState(State.REPLACED).build();
        }
        if (one.getState() == State.WAITING) {
            return one;
        }
        if (restarts(now) <= one.getRestartsBefore() || !runs(now)) {
            return one.toBuilder().setState(State.ASKED).clearRunTime().build();
        }
        Instant since = one.hasRunTime() ? Times.instant(one.getRunTime()) : view.now();
        boolean stays =
                !view.now()
                        .isBefore(since.plus(time(one.getGroup(), "MinHealthyTime", HEALTHY_TIME)));
        return one.toBuilder()
                .setState(stays ? State.RESTARTED : State.RUNNING)
                .setRunTime(Times.timestamp(since))
                .build();
    }

    /** What is wrong with one that was asked for; empty: nothing. */
    private Optional<String> bad(RestartedAllocation one) {
        Allocation now = allocations.get(one.getAllocation());
        if (!one.hasAskTime() || done(one) || now == null) {
            return Optional.empty();
        }
        if (now.state().client() == ClientStatus.FAILED) {
            return Optional.of(
                    now.tasks().stream()
                            .filter(TaskState::failed)
                            .findFirst()
                            .map(task -> "task " + task.name() + ": " + Explanations.lastWord(task))
                            .orElse("failed"));
        }
        Duration allowed = time(one.getGroup(), "HealthyDeadline", DEADLINE);
        if (one.getState() == State.RUNNING) {
            // It came back, however late that was seen.
            return Optional.empty();
        }
        return view.now().isBefore(Times.instant(one.getAskTime()).plus(allowed)) || view.paused()
                ? Optional.empty()
                : Optional.of("not running again within " + allowed.toSeconds() + " s");
    }

    private List<RolloutEffect> ask() {
        List<RolloutEffect> asked = new ArrayList<>();
        Map<String, Long> underWay = new HashMap<>();
        restarts.stream()
                .filter(one -> one.getState() != State.WAITING && !done(one))
                .forEach(one -> underWay.merge(one.getGroup(), 1L, Long::sum));
        for (int i = 0; i < restarts.size(); i++) {
            RestartedAllocation one = restarts.get(i);
            long most = Math.max(1, update(one.getGroup()).path("MaxParallel").asLong(1));
            if (one.getState() == State.WAITING
                    && underWay.getOrDefault(one.getGroup(), 0L) < most) {
                underWay.merge(one.getGroup(), 1L, Long::sum);
                restarts.set(
                        i,
                        one.toBuilder()
                                .setState(State.ASKED)
                                .setAskTime(Times.timestamp(view.now()))
                                .build());
                asked.add(
                        new RolloutEffect.RestartAllocation(
                                view.key("restart/" + one.getAllocation()),
                                view.phase().getJob(),
                                one.getAllocation(),
                                one.getRestartsBefore()));
            }
        }
        return asked;
    }

    private Duration time(String group, String key, Duration otherwise) {
        JsonNode declared = update(group).path(key);
        return declared.isNumber() && declared.asLong() > 0
                ? Duration.ofNanos(declared.asLong())
                : otherwise;
    }

    /** A group's update block, or the job's where it has none. */
    private JsonNode update(String group) {
        for (JsonNode one : job.spec().path("TaskGroups")) {
            if (one.path("Name").asText().equals(group) && one.path("Update").isObject()) {
                return one.path("Update");
            }
        }
        return job.spec().path("Update");
    }

    /** How often the tasks of an allocation were restarted. */
    static long restarts(Allocation one) {
        return one.tasks().stream().mapToLong(TaskState::restarts).sum();
    }

    /**
     * Whether somebody asked for a restart that is being carried out: Nomad counts it only when the
     * tasks have ended, which may take as long as they like.
     */
    static boolean underWay(Allocation one) {
        return one.tasks().stream()
                .anyMatch(task ->
                        task.events().stream()
                                .map(TaskState.Event::type)
                                .filter(type -> type.equals(SIGNALED) || type.equals(STARTED))
                                .reduce("", (before, type) -> type)
                                .equals(SIGNALED));
    }

    /** One that failed after it was restarted is not gone: that is told. */
    private static boolean gone(Allocation one) {
        return !one.state().desired().equals("run")
                || one.state().client() == ClientStatus.COMPLETE
                || one.state().client() == ClientStatus.LOST;
    }

    /** Tasks that come before or after the others may have ended well. */
    private static boolean runs(Allocation one) {
        return one.state().client() == ClientStatus.RUNNING
                && one.tasks().stream().anyMatch(task -> task.state().equals("running"))
                && one.tasks().stream()
                        .allMatch(task ->
                                task.state().equals("running")
                                        || (task.state().equals("dead") && !task.failed()));
    }

    private static boolean done(RestartedAllocation one) {
        return one.getState() == State.RESTARTED || one.getState() == State.REPLACED;
    }
}
