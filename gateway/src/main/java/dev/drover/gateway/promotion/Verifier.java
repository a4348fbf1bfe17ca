package dev.drover.gateway.promotion;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.gateway.rollout.Times;
import dev.drover.gateway.verification.Measurements;
import dev.drover.gateway.verification.Runs;
import dev.drover.gateway.verification.Subject;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedVerification;
import dev.drover.v1.Promotion;
import dev.drover.v1.VerificationRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Finds out what the verifications of a promotion need to know. */
final class Verifier {
    private final Preparation preparation;
    private final Measurements measurements;

    Verifier(Preparation preparation, Measurements measurements) {
        this.preparation = preparation;
        this.measurements = measurements;
    }

    /** The one thing to look at now, of a promotion whose rollout is over. */
    Observation observe(Promotion promotion, Notes notes, Instant now) {
        List<VerificationRun> runs = promotion.getVerificationRunsList();
        if (notes.ending().wanted()) {
            abandon(promotion);
            return new Observation.MeasuringEnded(preparation.afterFailure(promotion));
        }
        if (runs.stream().noneMatch(run -> run.getPhase().isEmpty())) {
            return declared(promotion, "");
        }
        return measured(promotion, now)
                .<Observation>map(one -> one)
                .orElseGet(Observation.Nothing::new);
    }

    /** What a phase that measures asks for, of a promotion whose rollout is under way. */
    Optional<Observation.Verified> atPhases(Promotion promotion, Instant now) {
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            String key = RolloutRules.key(phase);
            boolean begins =
                    phase.getPlanned().getKind() == PlannedPhase.Kind.VERIFY
                            && phase.getState() == Phase.State.RUNNING
                            && promotion.getVerificationRunsList().stream()
                                    .noneMatch(run -> run.getPhase().equals(key));
            if (begins) {
                return Optional.of(declared(promotion, key));
            }
        }
        return measured(promotion, now);
    }

    /** Lets go of what measurements hold. */
    void abandon(Promotion promotion) {
        promotion
                .getVerificationRunsList()
                .forEach(run -> measurements.abandon(subject(promotion, run), run));
    }

    private Optional<Observation.Verified> measured(Promotion promotion, Instant now) {
        List<VerificationRun> runs = promotion.getVerificationRunsList();
        return Runs.next(runs)
                .filter(due -> !now.isBefore(due.time()))
                .flatMap(due -> {
                    VerificationRun run = runs.get(due.run());
                    return measurements
                            .measure(subject(promotion, run), run, due)
                            .map(sample -> new Observation.Measured(due.run(), sample));
                });
    }

    /**
     * As the plan has them: what people approved is measured, whatever became of it meanwhile. What
     * is known to be good need not prove itself: the plan of a rollback has none.
     */
    private static Observation.Declared declared(Promotion promotion, String phase) {
        return new Observation.Declared(
                phase,
                promotion.getPlan().getVerificationsList().stream()
                        .filter(one -> one.getPhase().equals(phase))
                        .map(PlannedVerification::getDeclaration)
                        .toList());
    }

    /** At a phase: of its job alone, others may not be registered yet. */
    private Subject subject(Promotion promotion, VerificationRun run) {
        PlanNouns present = preparation.nouns(promotion);
        SequencedMap<String, Long> versions = new LinkedHashMap<>();
        List<Phase> phases = promotion.getRollout().getPhasesList();
        Optional<String> job =
                phases.stream()
                        .filter(phase -> RolloutRules.key(phase).equals(run.getPhase()))
                        .map(Phase::getJob)
                        .findFirst();
        for (Phase phase : phases) {
            if (job.isEmpty() || job.get().equals(phase.getJob())) {
                versions.merge(phase.getJob(), phase.getJobVersion(), Math::max);
            }
        }
        return new Subject(
                promotion.getName(),
                present.release(),
                present.environment(),
                versions,
                Times.instant(promotion.getStartTime()));
    }
}
