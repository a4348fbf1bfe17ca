package dev.drover.gateway.rollout;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How much of each task group has the new version, by allocations that live. */
final class Shares {
    private Shares() {}

    /** Whether each group has as many placed as the phase wants. */
    static boolean placed(PhaseView view) {
        return reached(view, Shares::live);
    }

    /** Whether each group has as many healthy as the phase wants. */
    static boolean serving(PhaseView view) {
        // Of a system job nobody knows how many there will be.
        return view.planned().getTargetsCount() == 0
                ? !anyFailed(view)
                : reached(view, one -> Survivors.serves(view, one));
    }

    /** Whether one of the new version failed that Nomad has not replaced. */
    static boolean anyFailed(PhaseView view) {
        return view.sight().allocations().stream()
                .anyMatch(one ->
                        ours(view, one)
                                && "run".equals(one.state().desired())
                                && one.state().successor().allocation().isEmpty()
                                && one.state().client() == ClientStatus.FAILED);
    }

    /** For people: how many are healthy, of how many that are wanted, by group. */
    static String counts(PhaseView view) {
        if (view.planned().getTargetsCount() == 0) {
            return anyFailed(view) ? "allocations of the new version failed" : "all healthy";
        }
        return new TreeMap<>(view.planned().getTargetsMap())
                .entrySet().stream()
                        .map(target ->
                                "%d of %d in group %s"
                                        .formatted(
                                                count(
                                                        view,
                                                        target.getKey(),
                                                        one -> Survivors.serves(view, one)),
                                                target.getValue(),
                                                target.getKey()))
                        .collect(Collectors.joining(", ", "the new version is healthy on ", ""));
    }

    private static boolean reached(PhaseView view, Predicate<Allocation> which) {
        for (Map.Entry<String, Long> target : view.planned().getTargetsMap().entrySet()) {
            if (count(view, target.getKey(), which) < target.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static long count(PhaseView view, String group, Predicate<Allocation> which) {
        return view.sight().allocations().stream()
                .filter(one -> ours(view, one) && one.group().equals(group) && which.test(one))
                .count();
    }

    private static boolean live(Allocation one) {
        return "run".equals(one.state().desired()) && !one.state().client().ended();
    }

    private static boolean ours(PhaseView view, Allocation one) {
        return one.jobVersion() == view.phase().getJobVersion();
    }
}
