package dev.drover.gateway.plan;

import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job whose phases are planned.
 *
 * @param updates what Nomad says that it would do, by group
 * @param runs whether a version of it runs now
 */
record PlannedJob(
        RenderedJob job, Strategy strategy, Map<String, DesiredUpdates> updates, boolean runs) {

    JobType type() {
        return JobType.of(job.spec());
    }

    List<JobGroup> groups() {
        return JobGroup.all(job.spec());
    }

    PhaseTexts texts() {
        return new PhaseTexts(type(), groups());
    }

    boolean system() {
        return type().type().equals("system");
    }

    /** Whether Nomad places canaries: where it does not there is nothing to try out first. */
    boolean gated() {
        return updates.values().stream().anyMatch(group -> group.getCanary() > 0);
    }

    /** Whether Nomad would only place: the job is stopped, or has no allocations. */
    boolean placesOnly() {
        return !updates.isEmpty() && updates.values().stream().allMatch(PlannedJob::placesOnly);
    }

    /** How many of each group have the new version after a step. */
    Map<String, Long> shares(CanarySteps.Step step) {
        Map<String, Long> shares = new LinkedHashMap<>();
        groups().forEach(group -> shares.put(group.name(), step.share(group)));
        return shares;
    }

    /** The same for groups in which Nomad places canaries: others are not held. */
    Map<String, Long> gatedShares(CanarySteps.Step step) {
        Map<String, Long> shares = shares(step);
        shares.keySet().removeIf(group -> !gated(group));
        return shares;
    }

    /** As it is declared: the strategy raises Nomad's for the time that it pauses. */
    Duration progressDeadline() {
        Duration longest = Duration.ZERO;
        for (JobGroup group : groups()) {
            Long before = job.kept().progressDeadlines().get(group.name());
            Duration its = before == null ? group.progressDeadline() : Duration.ofNanos(before);
            longest = its.compareTo(longest) > 0 ? its : longest;
        }
        return longest;
    }

    private boolean gated(String group) {
        return updates.getOrDefault(group, DesiredUpdates.getDefaultInstance()).getCanary() > 0;
    }

    private static boolean placesOnly(DesiredUpdates its) {
        long others = its.getIgnore() + its.getInPlaceUpdate() + its.getDestructiveUpdate();
        return others + its.getStop() + its.getMigrate() == 0;
    }
}
