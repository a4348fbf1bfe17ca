package dev.drover.gateway.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one scheduler pass does with one group: decided here, carried out by {@link
 * SimulatedScheduler}, shown by a plan.
 *
 * @param kept left alone
 * @param inPlace old instances that need no restart
 * @param replaced old instances that are replaced now; as many as max_parallel allows
 * @param surplus stopped without replacement
 */
record SimulatedPass(
        SimulatedSpec.Group group,
        int kept,
        List<SimulatedAllocation> inPlace,
        List<SimulatedAllocation> replaced,
        List<SimulatedAllocation> surplus,
        int missing,
        int missingCanaries) {

    static SimulatedPass of(
            SimulatedJob job,
            SimulatedJob.Version wanted,
            SimulatedSpec.Group group,
            Optional<SimulatedDeployment.Progress> progress) {
        List<SimulatedAllocation> mine = new ArrayList<>();
        List<SimulatedAllocation> inPlace = new ArrayList<>();
        List<SimulatedAllocation> old = new ArrayList<>();
        for (SimulatedAllocation allocation : job.allocationsOf(group.name())) {
            boolean failedForGood = allocation.wanted && allocation.client == ClientStatus.FAILED;
            if (!allocation.live() && !failedForGood) {
                continue;
            }
            if (allocation.version == wanted.number) {
                mine.add(allocation);
            } else if (allocation.live()) {
                (sameTasks(job, wanted, allocation) ? inPlace : old).add(allocation);
            }
        }
        int canary = group.update().canary();
        boolean gate =
                progress.map(SimulatedDeployment.Progress::awaitsPromotion)
                        .orElse(canary > 0 && !old.isEmpty());
        if (gate) {
            int placed = (int) mine.stream().filter(a -> a.canary).count();
            return new SimulatedPass(
                    group,
                    mine.size() + old.size(),
                    inPlace,
                    List.of(),
                    // A canary of a system job takes the place of what its node has.
                    job.system() && placed < canary ? old : List.of(),
                    0,
                    Math.max(0, canary - placed));
        }
        return rolling(group, mine, inPlace, old);
    }

    private static SimulatedPass rolling(
            SimulatedSpec.Group group,
            List<SimulatedAllocation> mine,
            List<SimulatedAllocation> inPlace,
            List<SimulatedAllocation> old) {
        int present = mine.size() + inPlace.size() + old.size();
        List<SimulatedAllocation> goers = new ArrayList<>(old);
        // Those whose place a canary has taken already go first.
        goers.sort((a, b) -> Boolean.compare(taken(b, mine), taken(a, mine)));
        goers.addAll(inPlace.reversed());
        goers.addAll(mine.reversed());
        List<SimulatedAllocation> surplus =
                List.copyOf(goers.subList(0, Math.max(0, present - group.count())));
        List<SimulatedAllocation> rest =
                old.stream().filter(allocation -> !surplus.contains(allocation)).toList();
        int unproven = (int) mine.stream().filter(a -> a.live() && a.healthy.isEmpty()).count();
        int limit =
                group.update().maxParallel() == 0
                        ? rest.size()
                        : Math.clamp(group.update().maxParallel() - unproven, 0, rest.size());
        List<SimulatedAllocation> updated =
                inPlace.stream().filter(allocation -> !surplus.contains(allocation)).toList();
        int keptMine = (int) mine.stream().filter(a -> !surplus.contains(a)).count();
        return new SimulatedPass(
                group,
                keptMine + rest.size() - limit,
                updated,
                rest.subList(0, limit),
                surplus,
                Math.max(0, group.count() - present),
                0);
    }

    boolean changes() {
        return missing + missingCanaries + inPlace.size() + replaced.size() + surplus.size() > 0;
    }

    /** Instances that need a node. */
    int placements() {
        return missing + missingCanaries + replaced.size();
    }

    DesiredUpdates view() {
        return new DesiredUpdates(
                kept, missing, 0, surplus.size(), inPlace.size(), replaced.size(), missingCanaries);
    }

    private static boolean taken(SimulatedAllocation old, List<SimulatedAllocation> mine) {
        return mine.stream().anyMatch(allocation -> allocation.index == old.index);
    }

    private static boolean sameTasks(
            SimulatedJob job, SimulatedJob.Version wanted, SimulatedAllocation allocation) {
        String group = allocation.group;
        return job.version(allocation.version)
                .map(version -> SimulatedSpec.replacedIfChanged(version.spec, group))
                .filter(SimulatedSpec.replacedIfChanged(wanted.spec, group)::equals)
                .isPresent();
    }
}
