package dev.drover.gateway.plan;

import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole second set, then the switch. */
final class BlueGreenPhases {
    private static final int ALL = 100;

    private BlueGreenPhases() {}

    static List<PlannedPhase> of(PlannedJob job) {
        BlueGreenStrategy strategy = job.strategy().getBlueGreen();
        CanarySteps.Step step =
                new CanarySteps.Step(
                        ALL,
                        0,
                        DeclaredTime.of(strategy.getBake()),
                        strategy.getPromotion() == CanaryPromotion.BY_HAND,
                        strategy.getVerificationsList());
        Map<String, Long> all = job.gatedShares(step);
        PlannedPhase green =
                PhasePlan.phase("green", Kind.REGISTER, job.progressDeadline())
                        .setHold(true)
                        .putAllTargets(all)
                        .setSummary(
                                "register it; Nomad places a whole second set (%s) beside the old one, which needs room for both"
                                        .formatted(job.texts().shares(all)))
                        .setAbort("the new set is stopped; the old one was not touched")
                        .build();
        List<PlannedPhase> phases = new ArrayList<>(List.of(green));
        phases.addAll(new StepGate(job).after(green, step));
        Duration delay = DeclaredTime.of(strategy.getRemovalDelay());
        if (delay.isPositive()) {
            phases.add(
                    PhasePlan.phase("keep-blue", Kind.BAKE, delay)
                            .putAllTargets(all)
                            .setSummary(
                                    "keep the old set for %s more; both serve"
                                            .formatted(DeclaredTime.text(delay)))
                            .setAbort(green.getAbort())
                            .build());
        }
        phases.add(
                PhasePlan.phase("switch", Kind.EXTEND, job.progressDeadline())
                        .putAllTargets(all)
                        .setSummary(
                                "promote the new set; Nomad switches its service tags and stops the old set in one act")
                        .setAbort(PhaseTexts.BACK)
                        .build());
        return phases;
    }
}
