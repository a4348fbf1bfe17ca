package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.JobPlan;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The phases in which a job's change is carried out, from the strategy and from what Nomad says
 * that it would do: where it places no canaries there is nothing to try out first.
 */
final class PhasePlan {
    private static final Duration STOP = Duration.ofMinutes(5);

    private final JobType type;
    private final List<JobGroup> groups;
    private final Strategy strategy;
    private final Map<String, DesiredUpdates> updates;
    private final List<PlannedPhase> phases = new ArrayList<>();

    private PhasePlan(JsonNode spec, Strategy strategy, Map<String, DesiredUpdates> updates) {
        this.type = JobType.of(spec);
        this.groups = JobGroup.all(spec);
        this.strategy = strategy;
        this.updates = updates;
    }

    /** What a running job is, of which no version may run beside another. */
    enum Before {
        /** There is none, or it is stopped. */
        NOTHING_RUNS,
        /** It runs. */
        RUNS
    }

    static List<PlannedPhase> of(
            JobPlan.Change change,
            JsonNode spec,
            Strategy strategy,
            Map<String, DesiredUpdates> updates,
            Before before) {
        if (change == JobPlan.Change.NONE) {
            return List.of();
        }
        PhasePlan plan = new PhasePlan(spec, strategy, updates);
        if (strategy.hasRecreate() && before == Before.RUNS) {
            plan.stop();
        }
        boolean gated = updates.values().stream().anyMatch(group -> group.getCanary() > 0);
        if (gated && strategy.hasCanary()) {
            plan.canaries();
        } else if (gated && strategy.hasBlueGreen()) {
            plan.blueGreen();
        } else {
            plan.register(change);
        }
        return List.copyOf(plan.phases);
    }

    private void stop() {
        Duration declared = DeclaredTime.of(strategy.getRecreate().getStopTimeout());
        Duration timeout = declared.isPositive() ? declared : STOP;
        phases.add(
                phase("stop", Kind.STOP)
                        .setTime(DeclaredTime.message(timeout))
                        .setSummary(
                                "stop it and wait until nothing of it runs, %s at most; nothing serves until the new version is healthy"
                                        .formatted(DeclaredTime.text(timeout)))
                        .setAbort("the job is stopped; the version before is registered again")
                        .build());
    }

    private void register(JobPlan.Change change) {
        PhaseTexts texts = new PhaseTexts(type, groups);
        boolean first = change == JobPlan.Change.CREATED;
        phases.add(
                phase("register", Kind.REGISTER)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                first || strategy.hasRecreate()
                                        ? texts.created(strategy)
                                        : texts.changed(strategy, updates))
                        .setAbort(
                                first
                                        ? "nothing ran before; what was placed is left as it is"
                                        : "allocations that were replaced by then get the version before again")
                        .build());
    }

    private void canaries() {
        PhaseTexts texts = new PhaseTexts(type, groups);
        List<CanarySteps.Step> steps = CanarySteps.of(strategy.getCanary());
        CanarySteps.Step first = steps.getFirst();
        Map<String, Long> canaries = targets(first, true);
        phases.add(
                phase("canary-" + first.label(), Kind.REGISTER)
                        .setHold(true)
                        .putAllTargets(system() ? Map.of() : canaries)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                system()
                                        ? "register it; Nomad gives it to %s of the nodes, in place of the old version"
                                                .formatted(first.text())
                                        : "register it; Nomad places %s beside the old version"
                                                .formatted(texts.canaries(canaries)))
                        .setAbort(
                                system()
                                        ? "these nodes get the version before again"
                                        : "the canaries are stopped; the version before was not touched")
                        .build());
        gate("canary-" + first.label(), first, canaries);
        Map<String, Long> reached = canaries;
        for (CanarySteps.Step step : steps.subList(1, steps.size() - 1)) {
            Map<String, Long> targets = targets(step, true);
            // Groups are small: a step may add nothing to the one before, or be all already.
            if (!targets.equals(reached) && !targets.equals(targets(steps.getLast(), true))) {
                extend(step, targets, texts);
                reached = targets;
            }
        }
        CanarySteps.Step last = steps.getLast();
        Map<String, Long> all = targets(last, false);
        phases.add(
                phase("stable", Kind.EXTEND)
                        .putAllTargets(system() ? Map.of() : all)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                reached == canaries
                                        ? "promote the canaries and replace the rest " + texts.pace()
                                        : "let Nomad go on and replace the rest " + texts.pace())
                        .setAbort(PhaseTexts.BACK)
                        .build());
        gate("stable", last, all);
    }

    private void extend(CanarySteps.Step step, Map<String, Long> targets, PhaseTexts texts) {
        String id = "canary-" + step.label();
        phases.add(
                phase(id, Kind.EXTEND)
                        .setHold(true)
                        .putAllTargets(targets)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                "replace allocations %s until %s have the new version, then pause the deployment"
                                        .formatted(texts.pace(), texts.shares(targets)))
                        .setAbort(PhaseTexts.BACK)
                        .build());
        gate(id, step, targets);
    }

    private void blueGreen() {
        PhaseTexts texts = new PhaseTexts(type, groups);
        Map<String, Long> all = gatedCounts();
        boolean byHand =
                strategy.getBlueGreen().getPromotion() == dev.drover.v1.CanaryPromotion.BY_HAND;
        CanarySteps.Step step =
                new CanarySteps.Step(
                        100, 0, DeclaredTime.of(strategy.getBlueGreen().getBake()), byHand);
        String untouched = "the new set is stopped; the old one was not touched";
        phases.add(
                phase("green", Kind.REGISTER)
                        .setHold(true)
                        .putAllTargets(all)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                "register it; Nomad places a whole second set (%s) beside the old one, which needs room for both"
                                        .formatted(texts.shares(all)))
                        .setAbort(untouched)
                        .build());
        gate("green", step, all);
        Duration delay = DeclaredTime.of(strategy.getBlueGreen().getRemovalDelay());
        if (delay.isPositive()) {
            phases.add(
                    phase("keep-blue", Kind.BAKE)
                            .putAllTargets(all)
                            .setTime(DeclaredTime.message(delay))
                            .setSummary("keep the old set for %s more; both serve".formatted(DeclaredTime.text(delay)))
                            .setAbort(untouched)
                            .build());
        }
        phases.add(
                phase("switch", Kind.EXTEND)
                        .putAllTargets(all)
                        .setTime(DeclaredTime.message(progressDeadline()))
                        .setSummary(
                                "promote the new set; Nomad switches its service tags and stops the old set in one act")
                        .setAbort(PhaseTexts.BACK)
                        .build());
    }

    /** What a step must pass before the next: time, then a person. */
    private void gate(String id, CanarySteps.Step step, Map<String, Long> targets) {
        String abort = phases.getLast().getAbort();
        Map<String, Long> watched = system() ? Map.of() : targets;
        if (step.bake().isPositive()) {
            phases.add(
                    phase(id + "-bake", Kind.BAKE)
                            .putAllTargets(watched)
                            .setTime(DeclaredTime.message(step.bake()))
                            .setSummary("stay there for %s, everything healthy".formatted(DeclaredTime.text(step.bake())))
                            .setAbort(abort)
                            .build());
        }
        if (step.byHand()) {
            CanarySteps.Decision decision = CanarySteps.decision(strategy);
            phases.add(
                    phase(id + "-decision", Kind.WAIT)
                            .putAllTargets(watched)
                            .setTime(DeclaredTime.message(decision.timeout()))
                            .setUndecided(decision.undecided())
                            .setSummary(PhaseTexts.person(decision))
                            .setAbort(abort)
                            .build());
        }
    }

    /**
     * How many of each group have the new version after a step.
     *
     * @param gated only groups in which Nomad places canaries: others are not held
     */
    private Map<String, Long> targets(CanarySteps.Step step, boolean gated) {
        Map<String, Long> targets = new LinkedHashMap<>();
        for (JobGroup group : groups) {
            DesiredUpdates its =
                    updates.getOrDefault(group.name(), DesiredUpdates.getDefaultInstance());
            if (!gated || its.getCanary() > 0) {
                targets.put(group.name(), step.share(group));
            }
        }
        return targets;
    }

    private Map<String, Long> gatedCounts() {
        return targets(new CanarySteps.Step(100, 0, Duration.ZERO, false), true);
    }

    private boolean system() {
        return type.type().equals("system");
    }

    /** As it is declared: the strategy raises Nomad's for the time that it pauses. */
    private Duration progressDeadline() {
        Duration longest = Duration.ZERO;
        Duration raised = CanarySteps.longestPause(strategy);
        for (JobGroup group : groups) {
            Duration its = group.progressDeadline();
            longest = its.compareTo(longest) > 0 ? its : longest;
        }
        return longest.compareTo(raised) > 0 ? longest.minus(raised) : longest;
    }

    private static PlannedPhase.Builder phase(String id, Kind kind) {
        return PlannedPhase.newBuilder().setId(id).setKind(kind);
    }
}
