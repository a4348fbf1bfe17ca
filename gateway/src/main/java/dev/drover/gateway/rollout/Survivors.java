package dev.drover.gateway.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of the new version when Nomad is done with it. Nomad's counter says what was healthy
 * once: a deployment is successful, too, where everything has crashed since.
 */
final class Survivors {
    private static final int NAMED = 3;

    private Survivors() {}

    /** Of a deployment that is successful: done if enough live, else waits for replacements. */
    static PhaseStep completed(PhaseView view, String said) {
        RunningJob job = view.sight().job().orElseThrow();
        List<Allocation> ours = ours(view);
        List<Allocation> fallen = ours.stream().filter(one -> fell(job, one)).toList();
        boolean ill = !fallen.isEmpty() || ours.stream().anyMatch(one -> recovers(ours, one));
        if (!ill || !lacks(job, ours)) {
            return proven(view, job, ours, said);
        }
        PhaseView waits = noted(view, ours);
        String counts = said + ", but " + counts(job, ours) + told(fallen);
        if (view.paused()) {
            return waits.stay(counts);
        }
        Duration waited = since(waits);
        boolean never = fallen.stream().anyMatch(one -> nobodyComes(view, job, one, waited));
        Duration allowed = view.limits().placedBy(Patience.allowed(view));
        if (never || waited.compareTo(allowed) >= 0) {
            return waits.failed(
                    FailureCause.UNHEALTHY,
                    counts
                            + (never
                                    ? "; Nomad replaces it no more"
                                    : "; not replaced within " + allowed.toSeconds() + " s"));
        }
        Instant until = view.now().plus(allowed).minus(waited);
        return waits.stay(counts + "; waits for Nomad to replace it until " + until);
    }

    /** Whether it serves: of one that came after the deployment Nomad never says healthy. */
    static boolean serves(PhaseView view, Allocation one) {
        if (one.serving() || view.active().isPresent()) {
            return one.serving();
        }
        boolean through =
                view.sight()
                        .deployment()
                        .filter(d -> d.status() == DeploymentStatus.SUCCESSFUL)
                        .isPresent();
        return lives(one) && (through || replaces(view.sight().allocations(), one));
    }

    /** Whether it is wanted, runs, and is not called unhealthy. */
    static boolean lives(Allocation one) {
        return "run".equals(one.state().desired())
                && one.state().client() == ClientStatus.RUNNING
                && one.state().healthy().orElse(true);
    }

    /** Whether it is to run, and no other in its place. */
    static boolean wanted(Allocation one) {
        return "run".equals(one.state().desired())
                && one.state().successor().allocation().isEmpty();
    }

    /** All live; where some were replaced only when that has lasted as long as health takes. */
    private static PhaseStep proven(
            PhaseView view, RunningJob job, List<Allocation> ours, String said) {
        if (view.notes().clock().lostMillis() == 0) {
            return Tags.completed(view, said);
        }
        PhaseView again = noted(view, ours);
        Instant until =
                Instant.ofEpochMilli(again.notes().clock().progressMillis())
                        .plus(minHealthyTime(job));
        return view.now().isBefore(until)
                ? again.stay("Nomad replaced what had ended; has to run until " + until)
                : Tags.completed(again, said + "; Nomad replaced what had ended");
    }

    /** Remembers since when some were missing, and since when as many live as now. */
    private static PhaseView noted(PhaseView view, List<Allocation> ours) {
        long now = view.now().toEpochMilli();
        long since = view.notes().clock().lostMillis();
        long living = ours.stream().filter(Survivors::lives).count();
        JobNotes notes = view.notes().lost(since == 0 ? now : since);
        return view.with(
                since != 0 && notes.clock().healthy() == living
                        ? notes
                        : notes.progress(living, now));
    }

    private static Duration since(PhaseView view) {
        return Duration.ofMillis(view.now().toEpochMilli() - view.notes().clock().lostMillis());
    }

    private static List<Allocation> ours(PhaseView view) {
        return view.sight().allocations().stream()
                .filter(one -> one.jobVersion() == view.phase().getJobVersion())
                .toList();
    }

    /** Whether it ended and nothing has its place; of a system job a lost node has no place. */
    private static boolean fell(RunningJob job, Allocation one) {
        if (one.state().successor().allocation().isPresent()) {
            return false;
        }
        return switch (one.state().client()) {
            case FAILED, COMPLETE -> "run".equals(one.state().desired());
            case LOST -> !"system".equals(job.type());
            case PENDING, RUNNING, UNKNOWN -> false;
        };
    }

    /** Whether it is on its way in the place of another, or again; or its node is silent. */
    private static boolean recovers(List<Allocation> ours, Allocation one) {
        if (!"run".equals(one.state().desired())) {
            return false;
        }
        return switch (one.state().client()) {
            case PENDING ->
                    replaces(ours, one)
                            || one.tasks().stream().anyMatch(task -> task.restarts() > 0);
            case UNKNOWN -> true;
            default -> false;
        };
    }

    private static boolean replaces(List<Allocation> all, Allocation one) {
        return all.stream()
                .anyMatch(other ->
                        other.state()
                                .successor()
                                .allocation()
                                .filter(one.id()::equals)
                                .isPresent());
    }

    /**
     * Whether Nomad is through with one that ended. What fell while the deployment went on is
     * forgotten even where it might be rescheduled; else the follow-up comes at once.
     */
    private static boolean nobodyComes(
            PhaseView view, RunningJob job, Allocation one, Duration waited) {
        if (one.state().client() == ClientStatus.LOST
                || one.state().successor().evaluation().isPresent()) {
            return false;
        }
        return !reschedules(job, one.group()) || waited.compareTo(view.limits().grace()) >= 0;
    }

    private static boolean reschedules(RunningJob job, String group) {
        for (JsonNode its : job.spec().path("TaskGroups")) {
            JsonNode policy = its.path("ReschedulePolicy");
            if (group.equals(its.path("Name").asText()) && policy.isObject()) {
                return policy.path("Unlimited").asBoolean() || policy.path("Attempts").asInt() > 0;
            }
        }
        return true;
    }

    private static boolean lacks(RunningJob job, List<Allocation> ours) {
        if ("system".equals(job.type())) {
            return true;
        }
        return groups(job).entrySet().stream()
                .anyMatch(group -> living(ours, group.getKey()) < group.getValue());
    }

    private static String counts(RunningJob job, List<Allocation> ours) {
        if ("system".equals(job.type())) {
            return ours.stream().filter(Survivors::lives).count() + " allocations run";
        }
        return groups(job).entrySet().stream()
                .filter(group -> living(ours, group.getKey()) < group.getValue())
                .map(group ->
                        "%d of %d allocations of group %s run"
                                .formatted(
                                        living(ours, group.getKey()),
                                        group.getValue(),
                                        group.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String told(List<Allocation> fallen) {
        Stream<String> named = fallen.stream().limit(NAMED).map(Explanations::told);
        Set<String> more =
                fallen.size() > NAMED
                        ? Set.of((fallen.size() - NAMED) + " more allocations")
                        : Set.of();
        return Stream.concat(named, more.stream()).map("; "::concat).collect(Collectors.joining());
    }

    private static long living(List<Allocation> ours, String group) {
        return ours.stream().filter(one -> one.group().equals(group) && lives(one)).count();
    }

    /** How many each group asks for; a missing count is Nomad's 1. */
    private static SortedMap<String, Long> groups(RunningJob job) {
        TreeMap<String, Long> groups = new TreeMap<>();
        for (JsonNode group : job.spec().path("TaskGroups")) {
            groups.put(group.path("Name").asText(), group.path("Count").asLong(1));
        }
        return groups;
    }

    private static Duration minHealthyTime(RunningJob job) {
        long nanos = 0;
        for (JsonNode group : job.spec().path("TaskGroups")) {
            nanos = Math.max(nanos, group.path("Update").path("MinHealthyTime").asLong());
        }
        return Duration.ofNanos(nanos);
    }
}
