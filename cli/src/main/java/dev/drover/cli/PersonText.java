package dev.drover.cli;

import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Undecided;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What only people decide while a promotion runs: what follows without them, and what to type. */
final class PersonText {
    private final Consumer<String> say;
    private final TimeLeft left;

    PersonText(Consumer<String> say, TimeLeft left) {
        this.say = say;
        this.left = left;
    }

    /** Whether it stands still until somebody says something, or their time is over. */
    static boolean waitsForOne(Promotion promotion) {
        return switch (promotion.getState()) {
            case RUNNING ->
                    promotion.getRollout().getPhasesList().stream().anyMatch(PersonText::paused)
                            || unclear(promotion);
            case VERIFYING -> unclear(promotion);
            default -> false;
        };
    }

    /** Whether a phase has something to tell; a wait for a person is PAUSED as soon as it began. */
    static boolean worthALine(Phase phase) {
        return switch (phase.getState()) {
            case PENDING -> false;
            case RUNNING -> phase.getPlanned().getKind() != PlannedPhase.Kind.WAIT;
            default -> true;
        };
    }

    private static boolean paused(Phase phase) {
        return phase.getState() == Phase.State.PAUSED;
    }

    private static boolean unclear(Promotion promotion) {
        return promotion.getVerificationRunsList().stream().anyMatch(PersonText::unclear);
    }

    private static boolean unclear(VerificationRun run) {
        Verification declared = run.getDeclaration();
        return run.getState() == VerificationRun.State.INCONCLUSIVE
                && run.getAcceptedBy().isEmpty()
                && !declared.getDryRun()
                && declared.getOnInconclusive() != Verification.InconclusiveAction.FAIL;
    }

    /** A rollout that stands still: why, what follows by itself, and what can be done. */
    void waits(Promotion promotion) {
        List<Phase> paused =
                promotion.getRollout().getPhasesList().stream().filter(PersonText::paused).toList();
        Optional<Phase> byHand =
                paused.stream()
                        .filter(phase -> phase.getPauseReason() == Phase.PauseReason.MANUAL)
                        .findFirst();
        Optional<Phase> halted =
                paused.stream()
                        .filter(phase ->
                                phase.getPauseReason() == Phase.PauseReason.SUSPENDED
                                        || phase.getPauseReason()
                                                == Phase.PauseReason.WINDOW_CLOSED)
                        .findFirst();
        String name = promotion.getName();
        if (halted.isPresent()) {
            say.accept(
                    "==> "
                            + halted.get().getPauseNote()
                            + ". It goes on by itself afterwards, or take it back:");
            next("abort " + name + " --reason TEXT");
            return;
        }
        if (paused.isEmpty()) {
            cannotTell(promotion);
            return;
        }
        if (byHand.isPresent()) {
            say.accept("==> " + byHand.get().getPauseNote() + ". Let it go on, or take it back:");
            next("resume " + name);
        } else {
            say.accept(
                    "==> canaries wait for a person%s. Let them go on, or take them back:"
                            .formatted(nobody(paused)));
            next("advance " + name);
        }
        next("abort " + name + " --reason TEXT");
        paused.stream()
                .map(phase -> phase.getPlanned().getAbort())
                .filter(abort -> !abort.isEmpty())
                .distinct()
                .forEach(abort -> say.accept("    (an abort: " + abort + ")"));
    }

    private void cannotTell(Promotion promotion) {
        promotion.getVerificationRunsList().stream()
                .filter(PersonText::unclear)
                .forEach(run ->
                        say.accept(
                                "==> verification %s cannot tell: %s"
                                        .formatted(
                                                Names.id(run.getVerification()),
                                                run.getMessage())));
        say.accept("==> a person decides. Accept what was measured, or take it back:");
        next("advance " + promotion.getName());
        next("cancel " + promotion.getName() + " --reason TEXT");
    }

    /** What happens where nobody says anything, to whichever it happens first. */
    private String nobody(List<Phase> paused) {
        return paused.stream()
                .filter(Phase::hasUntilTime)
                .min(Comparator.comparingLong(phase -> phase.getUntilTime().getSeconds()))
                .map(phase ->
                        ": %s it is %s (nobody decided)"
                                .formatted(
                                        left.before(phase.getUntilTime()),
                                        phase.getPlanned().getUndecided() == Undecided.ADVANCE
                                                ? "advanced"
                                                : "aborted"))
                .orElse("");
    }

    /** What follows a bake, and how not to wait for its end. */
    static List<String> hints(Promotion promotion, Phase phase) {
        if (phase.getState() != Phase.State.RUNNING
                || phase.getPlanned().getKind() != PlannedPhase.Kind.BAKE) {
            return List.of();
        }
        List<String> hints = new ArrayList<>();
        promotion.getRollout().getPhasesList().stream()
                .filter(one -> one.getJob().equals(phase.getJob()))
                .filter(one -> one.getState() == Phase.State.PENDING)
                .findFirst()
                .ifPresent(next -> hints.add("        then: " + next.getPlanned().getSummary()));
        hints.add("        drover advance %s  # at once".formatted(promotion.getName()));
        hints.add("        drover abort %s --reason TEXT  # back".formatted(promotion.getName()));
        return hints;
    }

    private void next(String command) {
        say.accept("    drover " + command);
    }
}
