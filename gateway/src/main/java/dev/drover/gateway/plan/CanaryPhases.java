package dev.drover.gateway.plan;

import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Canaries first, then step after step, then all. */
final class CanaryPhases {
    private final PlannedJob job;
    private final StepGate gate;
    private final List<PlannedPhase> phases = new ArrayList<>();

    private CanaryPhases(PlannedJob job) {
        this.job = job;
        this.gate = new StepGate(job);
    }

    static List<PlannedPhase> of(PlannedJob job) {
        CanaryPhases canary = new CanaryPhases(job);
        List<CanarySteps.Step> steps = CanarySteps.of(job.strategy().getCanary());
        canary.first(steps.getFirst());
        Map<String, Long> all = job.gatedShares(steps.getLast());
        Map<String, Long> reached = job.gatedShares(steps.getFirst());
        List<CanarySteps.Step> atTheEnd = new ArrayList<>();
        boolean paused = false;
        for (CanarySteps.Step step : steps.subList(1, steps.size() - 1)) {
            Map<String, Long> targets = job.gatedShares(step);
            // Groups are small: a step may add nothing to the one before, or be all already. What
            // it measures is measured nevertheless.
            if (targets.equals(reached)) {
                canary.measure(step);
            } else if (targets.equals(all)) {
                atTheEnd.add(step);
            } else {
                canary.extend(step, targets);
                reached = targets;
                paused = true;
            }
        }
        canary.rest(steps.getLast(), paused);
        atTheEnd.forEach(canary::measure);
        return canary.phases;
    }

    private void first(CanarySteps.Step step) {
        Map<String, Long> canaries = job.gatedShares(step);
        PlannedPhase.Builder phase =
                PhasePlan.phase("canary-" + step.label(), Kind.REGISTER, job.progressDeadline())
                        .setHold(true);
        if (job.system()) {
            phase.setSummary(
                            "register it; Nomad gives it to %s of the nodes, in place of the old version"
                                    .formatted(step.text()))
                    .setAbort("these nodes get the version before again");
        } else {
            phase.putAllTargets(canaries)
                    .setSummary(
                            "register it; Nomad places %s beside the old version"
                                    .formatted(job.texts().canaries(canaries)))
                    .setAbort("the canaries are stopped; the version before was not touched");
        }
        add(phase, step);
    }

    private void extend(CanarySteps.Step step, Map<String, Long> targets) {
        add(
                PhasePlan.phase("canary-" + step.label(), Kind.EXTEND, job.progressDeadline())
                        .setHold(true)
                        .putAllTargets(targets)
                        .setSummary(
                                "replace allocations %s until %s have the new version, then pause the deployment"
                                        .formatted(job.texts().pace(), job.texts().shares(targets)))
                        .setAbort(PhaseTexts.BACK),
                step);
    }

    private void rest(CanarySteps.Step step, boolean paused) {
        PlannedPhase.Builder phase =
                PhasePlan.phase("stable", Kind.EXTEND, job.progressDeadline())
                        .setSummary(
                                (paused ? "let Nomad go on" : "promote the canaries")
                                        + " and replace the rest "
                                        + job.texts().pace())
                        .setAbort(PhaseTexts.BACK);
        if (!job.system()) {
            phase.putAllTargets(job.shares(step));
        }
        add(phase, step);
    }

    private void measure(CanarySteps.Step step) {
        phases.addAll(gate.measured("canary-" + step.label(), phases.getLast(), step));
    }

    private void add(PlannedPhase.Builder phase, CanarySteps.Step step) {
        PlannedPhase built = phase.build();
        phases.add(built);
        phases.addAll(gate.after(built, step));
    }
}
