package dev.drover.gateway.plan;

import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a step must pass before the next one: time, measurements, a person. */
record StepGate(PlannedJob job) {

    List<PlannedPhase> after(PlannedPhase phase, CanarySteps.Step step) {
        List<PlannedPhase> gate = new ArrayList<>();
        if (step.bake().isPositive()) {
            gate.add(
                    PhasePlan.phase(phase.getId() + "-bake", Kind.BAKE, step.bake())
                            .putAllTargets(phase.getTargetsMap())
                            .setSummary(
                                    "stay there for %s, everything healthy"
                                            .formatted(DeclaredTime.text(step.bake())))
                            .setAbort(phase.getAbort())
                            .build());
        }
        gate.addAll(measured(phase.getId(), phase, step));
        if (step.byHand()) {
            CanarySteps.Decision decision = CanarySteps.decision(job.strategy());
            gate.add(
                    PhasePlan.phase(phase.getId() + "-decision", Kind.WAIT, decision.timeout())
                            .putAllTargets(phase.getTargetsMap())
                            .setUndecided(decision.undecided())
                            .setSummary(PhaseTexts.person(decision))
                            .setAbort(phase.getAbort())
                            .build());
        }
        return gate;
    }

    /**
     * What a step measures, if anything.
     *
     * @param id what the step is called
     * @param at where the rollout stands then
     */
    List<PlannedPhase> measured(String id, PlannedPhase at, CanarySteps.Step step) {
        return step.verifications().isEmpty()
                ? List.of()
                : List.of(
                        PhasePlan.phase(id + "-verify", Kind.VERIFY, CanarySteps.VERIFICATION)
                                .putAllTargets(at.getTargetsMap())
                                .addAllVerifications(step.verifications())
                                .setSummary(PhaseTexts.measured(step.verifications()))
                                .setAbort(at.getAbort())
                                .build());
    }
}
