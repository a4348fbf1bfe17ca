package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import java.time.Instant;

/** What follows for the phase that a job is at from what became of an effect. */
final class Settlements {
    private Settlements() {}

    static PhaseStep settle(
            Phase phase, JobNotes notes, RolloutEffect effect, EffectOutcome outcome, Instant now) {
        return switch (effect) {
            case RolloutEffect.Register register -> begun(phase, notes, outcome, now);
            case RolloutEffect.StopJob stop -> begun(phase, notes, outcome, now);
            case RolloutEffect.RunJob run -> begun(phase, notes, outcome, now);
            case RolloutEffect.PromoteDeployment promote ->
                    done(outcome)
                            ? PhaseStep.stay(
                                    phase,
                                    notes.promotion(JobNotes.CanaryStep.DONE),
                                    "canaries promoted")
                            : PhaseStep.stay(
                                    phase,
                                    notes.promotion(JobNotes.CanaryStep.NONE),
                                    told(phase, outcome));
            case RolloutEffect.PauseDeployment pause ->
                    PhaseStep.stay(
                            phase,
                            notes.hold(
                                    // What ended the deployment is seen when it is looked at next.
                                    done(outcome) == pause.paused()
                                            ? JobNotes.Hold.HELD
                                            : JobNotes.Hold.OPEN),
                            told(phase, outcome));
            // Whether it was done is seen when it is looked at next.
            case RolloutEffect.RestartAllocation restart -> begun(phase, notes, outcome, now);
            case RolloutEffect.FailDeployment fail -> PhaseStep.stay(phase, notes);
            case RolloutEffect.TagVersion tag -> PhaseStep.stay(phase, notes);
        };
    }

    /** Of the acts that begin a phase: the job is changed now, or it cannot be. */
    private static PhaseStep begun(
            Phase phase, JobNotes notes, EffectOutcome outcome, Instant now) {
        return switch (outcome) {
            case EffectOutcome.Registered done ->
                    PhaseStep.stay(
                            phase.toBuilder()
                                    .setEvaluationId(done.evaluationId())
                                    .setJobVersion(done.version())
                                    .setJobModifyIndex(done.specIndex())
                                    .setMessage("registered as version " + done.version())
                                    .build(),
                            notes.registered(done.createIndex()));
            case EffectOutcome.Stopped stopped ->
                    PhaseStep.stay(
                            phase,
                            notes.stopped(stopped.specIndex(), stopped.createIndex()),
                            "stopped; waits until nothing of it runs");
            case EffectOutcome.Ran ran ->
                    PhaseStep.stay(
                            phase.toBuilder()
                                    .setRunJob(ran.runJob())
                                    .setMessage("runs as " + ran.runJob())
                                    .build(),
                            notes);
            case EffectOutcome.Conflict conflict ->
                    PhaseStep.failed(
                            phase,
                            notes,
                            FailureCause.CHANGED_OUT_OF_BAND,
                            conflict.message(),
                            now);
            case EffectOutcome.Refused refused ->
                    PhaseStep.failed(
                            phase, notes, FailureCause.PLAN_FAILED, refused.message(), now);
            case EffectOutcome.Done done -> PhaseStep.stay(phase, notes);
            case EffectOutcome.NotNow notNow -> PhaseStep.stay(phase, notes);
            case EffectOutcome.Dropped dropped -> PhaseStep.stay(phase, notes);
        };
    }

    private static boolean done(EffectOutcome outcome) {
        return outcome instanceof EffectOutcome.Done;
    }

    private static String told(Phase phase, EffectOutcome outcome) {
        return switch (outcome) {
            case EffectOutcome.NotNow notNow -> notNow.message();
            case EffectOutcome.Refused refused -> refused.message();
            default -> phase.getMessage();
        };
    }
}
