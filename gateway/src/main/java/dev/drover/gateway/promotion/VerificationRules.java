package dev.drover.gateway.promotion;

import dev.drover.gateway.rollout.PhaseVerdict;
import dev.drover.gateway.verification.Runs;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What becomes of the verifications of a promotion, of single phases and of the whole rollout. */
final class VerificationRules {
    private VerificationRules() {}

    static void take(Draft draft, Observation.Verified verified) {
        switch (verified) {
            case Observation.Declared declared -> begin(draft, declared);
            case Observation.Measured measured -> take(draft, measured);
        }
    }

    private static void begin(Draft draft, Observation.Declared declared) {
        Promotion.Builder promotion = draft.promotion().toBuilder();
        for (Verification one : declared.verifications()) {
            promotion.addVerificationRuns(
                    Runs.begin(one, declared.phase(), draft.situation().now()));
        }
        draft.set(promotion.build());
    }

    private static void take(Draft draft, Observation.Measured measured) {
        VerificationRun before = draft.promotion().getVerificationRuns(measured.run());
        VerificationRun after = Runs.take(before, measured.sample(), draft.situation().now());
        draft.set(draft.promotion().toBuilder().setVerificationRuns(measured.run(), after).build());
        if (before.getState() != after.getState()) {
            draft.audit(
                    "promotion.verification",
                    "%s%s: %s: %s"
                            .formatted(
                                    Runs.id(after),
                                    after.getDeclaration().getDryRun() ? " (dry run)" : "",
                                    after.getState(),
                                    after.getMessage()));
        }
    }

    /** Ends what is still being measured. */
    static void stop(Draft draft) {
        Promotion.Builder promotion = draft.promotion().toBuilder().clearVerificationRuns();
        for (VerificationRun run : draft.promotion().getVerificationRunsList()) {
            promotion.addVerificationRuns(
                    Runs.stop(run, "the promotion ended first", draft.situation().now()));
        }
        draft.set(promotion.build());
    }

    /** Those that are taken when the rollout is over. */
    static List<VerificationRun> after(Promotion promotion) {
        return promotion.getVerificationRunsList().stream()
                .filter(run -> run.getPhase().isEmpty())
                .toList();
    }

    /** What the measurements of each phase say, by the phase. */
    static Map<String, PhaseVerdict> ofPhases(Promotion promotion, Instant now) {
        Map<String, List<VerificationRun>> byPhase =
                promotion.getVerificationRunsList().stream()
                        .filter(run -> !run.getPhase().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        VerificationRun::getPhase,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, PhaseVerdict> verdicts = new LinkedHashMap<>();
        byPhase.forEach((phase, runs) -> verdicts.put(phase, verdict(Runs.together(runs, now))));
        return verdicts;
    }

    private static PhaseVerdict verdict(Runs.Together together) {
        return switch (together) {
            case Runs.Together.Passed passed -> new PhaseVerdict.Yes();
            case Runs.Together.Open open -> new PhaseVerdict.Open(open(open));
            case Runs.Together.Waiting waiting -> new PhaseVerdict.Open(waiting(waiting));
            case Runs.Together.Failed failed ->
                    new PhaseVerdict.No(FailureCause.VERIFICATION_FAILED, failed(failed));
            case Runs.Together.Inconclusive unclear ->
                    new PhaseVerdict.No(
                            FailureCause.VERIFICATION_INCONCLUSIVE, inconclusive(unclear));
        };
    }

    static String open(Runs.Together.Open open) {
        return "verification " + told(open.run());
    }

    static String waiting(Runs.Together.Waiting waiting) {
        return "waits for a person until %s (advance to accept, cancel to take it back): inconclusive verification %s"
                .formatted(Runs.holdEnds(waiting.run()).orElseThrow(), told(waiting.run()));
    }

    static String failed(Runs.Together.Failed failed) {
        return "verification " + told(failed.run());
    }

    static String inconclusive(Runs.Together.Inconclusive unclear) {
        return "inconclusive verification " + told(unclear.run());
    }

    private static String told(VerificationRun run) {
        return Runs.id(run) + ": " + run.getMessage();
    }
}
