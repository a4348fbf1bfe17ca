package dev.drover.gateway.promotion;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.rollout.Times;
import dev.drover.gateway.verification.Measurements;
import dev.drover.gateway.verification.Runs;
import dev.drover.gateway.verification.Subject;
import dev.drover.v1.ApplicationVerification;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Stage;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Finds out what the verifications of a promotion need to know. */
final class Verifier {
    private final Preparation preparation;
    private final PromotionNouns nouns;
    private final Measurements measurements;

    Verifier(Preparation preparation, PromotionNouns nouns, Measurements measurements) {
        this.preparation = preparation;
        this.nouns = nouns;
        this.measurements = measurements;
    }

    /** The one thing to look at now, of a promotion whose rollout is over. */
    Observation observe(Promotion promotion, Notes notes, Instant now) {
        List<VerificationRun> runs = promotion.getVerificationRunsList();
        if (notes.ending().wanted()) {
            runs.forEach(run -> measurements.abandon(subject(promotion), run));
            return new Observation.MeasuringEnded(preparation.automaticRollback(promotion));
        }
        if (runs.stream().noneMatch(run -> run.getPhase().isEmpty())) {
            return new Observation.Declared(declared(promotion));
        }
        Optional<Runs.Due> due = Runs.next(runs).filter(one -> !now.isBefore(one.time()));
        return due.flatMap(one ->
                        measurements
                                .measure(subject(promotion), runs.get(one.run()), one)
                                .<Observation>map(
                                        sample -> new Observation.Measured(one.run(), sample)))
                .orElseGet(Observation.Nothing::new);
    }

    /** What is known to be good need not prove itself: a rollback is not verified. */
    private List<Verification> declared(Promotion promotion) {
        if (promotion.getKind() != Promotion.Kind.RELEASE) {
            return List.of();
        }
        PlanNouns present = preparation.nouns(promotion);
        String stage =
                present.pipeline().getStagesList().stream()
                        .filter(one ->
                                one.getEnvironmentsList().contains(promotion.getEnvironment()))
                        .map(Stage::getId)
                        .findFirst()
                        .orElse("");
        return present.application().getVerificationsList().stream()
                .filter(one -> one.getStagesCount() == 0 || one.getStagesList().contains(stage))
                .map(ApplicationVerification::getVerification)
                .map(name -> nouns.lookup().get(Verification.class, name).message())
                .toList();
    }

    private Subject subject(Promotion promotion) {
        PlanNouns present = preparation.nouns(promotion);
        SequencedMap<String, Long> versions = new LinkedHashMap<>();
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            versions.merge(phase.getJob(), phase.getJobVersion(), Math::max);
        }
        return new Subject(
                promotion.getName(),
                present.release(),
                present.environment(),
                versions,
                Times.instant(promotion.getStartTime()));
    }
}
