package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.plan.DeclaredTime;
import dev.drover.v1.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * How long a phase is waited for. Nomad's own progress deadline is not enough: it does not begin
 * before something is placed, never ends a canary that was healthy once, and a strategy that holds
 * a deployment has to raise it.
 */
final class Patience {
    private static final Duration FALLBACK = Duration.ofMinutes(10);

    private Patience() {}

    /** Where nothing was ever placed: waits, and gives up in time. */
    static Optional<PhaseStep> unplaced(PhaseView view, JobDeployment deployment) {
        boolean placed =
                deployment.groups().values().stream()
                        .anyMatch(group ->
                                group.allocations().placed() > 0
                                        || group.requireProgressBy().isPresent());
        if (placed) {
            return Optional.empty();
        }
        Duration allowed = view.limits().placedBy(allowed(view));
        Instant by = Times.instant(view.phase().getStartTime()).plus(allowed);
        String why = Explanations.placement(view.sight().evaluation());
        if (view.now().isBefore(by)) {
            return Optional.of(
                    view.stay(
                            why.isEmpty()
                                    ? "waits for Nomad to place allocations"
                                    : "Nomad finds no place, gives up at " + by + ": " + why));
        }
        return Optional.of(
                view.givenUp(
                        FailureCause.PLACEMENT_FAILED,
                        "nothing was placed within "
                                + allowed.toSeconds()
                                + " s"
                                + (why.isEmpty() ? "" : ": " + why)));
    }

    /** Goes on waiting as long as there is progress. */
    static PhaseStep progress(PhaseView view, JobDeployment deployment, String message) {
        long healthy =
                deployment.groups().values().stream()
                        .mapToLong(group -> group.allocations().healthy())
                        .sum();
        JobNotes.Clock clock = view.notes().clock();
        if (healthy != clock.healthy()) {
            return view.with(view.notes().progress(healthy, view.now().toEpochMilli()))
                    .stay(message);
        }
        // While a person has it paused no time of ours passes; Nomad's goes on, and it says so.
        return !view.paused() && overdue(view, deployment)
                ? view.givenUp(
                        FailureCause.DEADLINE_EXCEEDED,
                        message
                                + (complete(deployment)
                                        ? "; Nomad did not end the deployment within "
                                        : "; no progress within the progress deadline of ")
                                + allowed(view, deployment).toSeconds()
                                + (complete(deployment) ? " s" : " s, and Nomad did not give up")
                                + view.bad())
                : view.stay(message);
    }

    /**
     * Allocations that were all healthy are not any more. Nomad neither replaces nor fails them, so
     * the engine counts the time itself.
     */
    static PhaseStep lost(PhaseView view, boolean failed, String counts) {
        if (failed) {
            boolean canary = view.active().filter(Canaries::wait).isPresent();
            return view.givenUp(
                    FailureCause.UNHEALTHY,
                    counts
                            + (canary ? "; a canary" : "; an allocation")
                            + " was healthy and failed"
                            + view.bad());
        }
        long since = view.notes().clock().lostMillis();
        long from = since == 0 ? view.now().toEpochMilli() : since;
        Duration allowed = view.limits().placedBy(allowed(view));
        if (view.now().toEpochMilli() - from >= allowed.toMillis()) {
            return view.givenUp(
                    FailureCause.UNHEALTHY,
                    counts + " for " + allowed.toSeconds() + " s" + view.bad());
        }
        return view.with(view.notes().lost(from))
                .stay(counts + ", all were; gives up after " + allowed.toSeconds() + " s");
    }

    /** How long without progress: as the job declares it, not as the strategy raised it. */
    static Duration allowed(PhaseView view) {
        Duration planned = DeclaredTime.of(view.planned().getTime());
        boolean counts =
                switch (view.planned().getKind()) {
                    case REGISTER, EXTEND -> planned.isPositive();
                    default -> false;
                };
        return counts
                ? planned
                : view.sight()
                        .deployment()
                        .flatMap(one ->
                                one.groups().values().stream()
                                        .map(DeploymentGroup::progressDeadline)
                                        .max(Comparator.naturalOrder()))
                        .filter(Duration::isPositive)
                        .orElse(FALLBACK);
    }

    /**
     * Where everything is healthy, Nomad's deadline does not count for Nomad either: a server that
     * is busy ends the deployment late.
     */
    private static Duration allowed(PhaseView view, JobDeployment deployment) {
        Duration allowed = allowed(view);
        return complete(deployment) && allowed.compareTo(FALLBACK) < 0 ? FALLBACK : allowed;
    }

    private static boolean complete(JobDeployment deployment) {
        return deployment.groups().values().stream()
                .map(DeploymentGroup::allocations)
                .allMatch(counts -> counts.healthy() >= counts.desired());
    }

    private static boolean overdue(PhaseView view, JobDeployment deployment) {
        Duration grace = view.limits().grace();
        long millis = view.notes().clock().progressMillis();
        Instant progress =
                millis == 0
                        ? Times.instant(view.phase().getStartTime())
                        : Instant.ofEpochMilli(millis);
        return view.now().isAfter(progress.plus(allowed(view, deployment)).plus(grace));
    }
}
