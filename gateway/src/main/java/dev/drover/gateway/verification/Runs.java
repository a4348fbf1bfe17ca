package dev.drover.gateway.verification;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The runs of verifications of one promotion as data, and what becomes of them; pure. */
public final class Runs {
    private static final Duration HOLD = Duration.ofHours(24);

    private Runs() {}

    /**
     * A run that begins now.
     *
     * @param phase of the rollout; empty: the whole of it
     */
    public static VerificationRun begin(Verification declared, String phase, Instant now) {
        return judged(
                VerificationRun.newBuilder()
                        .setVerification(declared.getName())
                        .setPhase(phase)
                        .setDeclaration(declared.toBuilder().clearEtag())
                        .setStartTime(Times.timestamp(now)),
                now);
    }

    /** The same with one measurement more, and with the verdict where that decides. */
    public static VerificationRun take(VerificationRun run, Sample sample, Instant now) {
        if (run.getState() != VerificationRun.State.RUNNING) {
            return run;
        }
        return judged(run.toBuilder().addSamples(withoutRepetition(run, sample)), now);
    }

    /** The same, ended without a verdict. */
    public static VerificationRun stop(VerificationRun run, String why, Instant now) {
        return run.getState() == VerificationRun.State.RUNNING
                ? ended(run.toBuilder(), VerificationRun.State.STOPPED, why, now)
                : run;
    }

    /** The same, inconclusive and accepted by a person. */
    public static VerificationRun accept(VerificationRun run, String by, String reason) {
        return run.toBuilder().setAcceptedBy(by).setAcceptReason(reason).build();
    }

    /** When the next measurement of any of them is due, the first of equals; empty: of none. */
    public static Optional<Due> next(List<VerificationRun> runs) {
        return IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).getState() == VerificationRun.State.RUNNING)
                .mapToObj(i -> new Due(i, Times.instant(runs.get(i).getNextTime())))
                .min(Comparator.comparing(Due::time));
    }

    /**
     * A measurement that is to be taken.
     *
     * @param run place in the list
     */
    public record Due(int run, Instant time) {}

    /** What all of them together say. */
    public static Together together(List<VerificationRun> runs, Instant now) {
        Optional<VerificationRun> failed = first(runs, Runs::failed);
        if (failed.isPresent()) {
            return new Together.Failed(failed.get());
        }
        Optional<VerificationRun> over = first(runs, run -> inconclusive(run) && !held(run, now));
        if (over.isPresent()) {
            return new Together.Inconclusive(over.get());
        }
        Optional<VerificationRun> unclear = first(runs, Runs::inconclusive);
        if (unclear.isPresent()) {
            // The others go on meanwhile: one of them may fail, which makes it plain.
            return new Together.Waiting(unclear.get());
        }
        return first(runs, run -> run.getState() == VerificationRun.State.RUNNING)
                .<Together>map(Together.Open::new)
                .orElseGet(Together.Passed::new);
    }

    /** What several runs say together; a dry run says nothing but that it is not done. */
    public sealed interface Together {
        /** One is still being measured. */
        record Open(VerificationRun run) implements Together {}

        /** One is inconclusive and waits for a person. */
        record Waiting(VerificationRun run) implements Together {}

        /** All that count have passed or were accepted. */
        record Passed() implements Together {}

        /** One has failed. */
        record Failed(VerificationRun run) implements Together {}

        /** One is inconclusive, and nobody is waited for any more. */
        record Inconclusive(VerificationRun run) implements Together {}
    }

    /** Until when an inconclusive run waits for a person; empty: it does not. */
    public static Optional<Instant> holdEnds(VerificationRun run) {
        Verification declared = run.getDeclaration();
        if (declared.getOnInconclusive() == Verification.InconclusiveAction.FAIL) {
            return Optional.empty();
        }
        Duration hold = declared.hasHoldLimit() ? Times.duration(declared.getHoldLimit()) : HOLD;
        return Optional.of(Times.instant(run.getEndTime()).plus(hold));
    }

    /** What became of each, by the verification's id, for those who ask later. */
    public static Map<String, String> verdicts(List<VerificationRun> runs) {
        Map<String, String> verdicts = new TreeMap<>();
        for (VerificationRun run : runs) {
            verdicts.put(
                    id(run), run.getAcceptedBy().isEmpty() ? run.getState().name() : "ACCEPTED");
        }
        return verdicts;
    }

    /** The last segment of the verification's name. */
    public static String id(VerificationRun run) {
        String name = run.getVerification();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether it waits for, or was refused, a person's word. */
    public static boolean inconclusive(VerificationRun run) {
        return counts(run)
                && run.getState() == VerificationRun.State.INCONCLUSIVE
                && run.getAcceptedBy().isEmpty();
    }

    private static boolean held(VerificationRun run, Instant now) {
        return holdEnds(run).map(now::isBefore).orElse(false);
    }

    private static boolean failed(VerificationRun run) {
        return counts(run) && run.getState() == VerificationRun.State.FAILED;
    }

    private static boolean counts(VerificationRun run) {
        return !run.getDeclaration().getDryRun();
    }

    private static Optional<VerificationRun> first(
            List<VerificationRun> runs, Predicate<VerificationRun> which) {
        return runs.stream().filter(which).findFirst();
    }

    private static VerificationRun judged(VerificationRun.Builder run, Instant now) {
        Verdict verdict =
                Judge.judge(
                        run.getDeclaration(),
                        run.getSamplesList(),
                        Times.instant(run.getStartTime()),
                        now);
        return switch (verdict) {
            case Verdict.MeasureAt next ->
                    run.setState(VerificationRun.State.RUNNING)
                            .setNextTime(Times.timestamp(next.time()))
                            .setMessage(progress(run))
                            .build();
            case Verdict.Passed passed ->
                    ended(run, VerificationRun.State.PASSED, passed.reason(), now);
            case Verdict.Failed failed ->
                    ended(run, VerificationRun.State.FAILED, failed.reason(), now);
            case Verdict.Inconclusive unclear ->
                    ended(run, VerificationRun.State.INCONCLUSIVE, unclear.reason(), now);
        };
    }

    private static VerificationRun ended(
            VerificationRun.Builder run, VerificationRun.State state, String why, Instant now) {
        return run.setState(state)
                .setMessage(Texts.sentence(why))
                .setEndTime(Times.timestamp(now))
                .clearNextTime()
                .build();
    }

    private static String progress(VerificationRun.Builder run) {
        if (run.getSamplesCount() == 0) {
            return "waits for the first measurement";
        }
        Sample last = run.getSamples(run.getSamplesCount() - 1);
        return Texts.sentence(
                "%d of %d measured; the last: %s"
                        .formatted(
                                run.getSamplesList().stream()
                                        .filter(one -> one.getResult() != Sample.Result.ERROR)
                                        .count(),
                                Judge.wanted(run.getDeclaration()),
                                last.getMessage()));
    }

    private static Sample withoutRepetition(VerificationRun run, Sample sample) {
        for (Sample before : run.getSamplesList().reversed()) {
            if (!before.getRequest().isEmpty()) {
                return before.getRequest().equals(sample.getRequest())
                        ? sample.toBuilder().clearRequest().build()
                        : sample;
            }
        }
        return sample;
    }
}
