package dev.drover.gateway.verification;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides about a verification from what was measured so far; pure: no clock, no I/O. */
public final class Judge {
    /** Keeps the evidence of one verification at a bounded size, whatever the errors in between. */
    static final int SAMPLES_MAX = 150;

    private final Verification declared;
    private final List<Sample> samples;

    private Judge(Verification declared, List<Sample> samples) {
        this.declared = declared;
        this.samples = samples;
    }

    /**
     * The verdict, or when the next measurement is due.
     *
     * @param samples what was measured so far, in order
     * @param start when the verification began
     */
    public static Verdict judge(
            Verification declared, List<Sample> samples, Instant start, Instant now) {
        Judge judge = new Judge(declared, samples);
        long failures = judge.count(Sample.Result.FAILURE);
        long unclear = judge.count(Sample.Result.UNCLEAR);
        if (judge.last(Sample.Result.REFUSED)) {
            return new Verdict.Inconclusive("cannot be measured: " + judge.lastMessage());
        }
        if (failures > declared.getFailureLimit()) {
            return new Verdict.Failed(judge.exceeded(failures, "failed", judge.failureLimit()));
        }
        if (unclear > declared.getInconclusiveLimit()) {
            return new Verdict.Inconclusive(
                    judge.exceeded(unclear, "cannot tell", judge.unclearLimit()));
        }
        int errors = judge.errorsInARow();
        if (errors > errorLimit(declared)) {
            return new Verdict.Inconclusive(
                    "%s in a row could not be taken: %s"
                            .formatted(measurements(errors), judge.lastMessage()));
        }
        return judge.undecided(failures, unclear, start, now);
    }

    private Verdict undecided(long failures, long unclear, Instant start, Instant now) {
        long succeeded = count(Sample.Result.SUCCESS);
        if (succeeded + failures + unclear >= wanted(declared)) {
            String told =
                    "%d of %s succeeded%s%s"
                            .formatted(
                                    succeeded,
                                    measurements(wanted(declared)),
                                    allowed(failures, "failed"),
                                    allowed(unclear, "cannot tell"));
            // Limits may let every measurement be inconclusive; that is still no yes.
            return succeeded > 0 ? new Verdict.Passed(told) : new Verdict.Inconclusive(told);
        }
        if (samples.size() >= SAMPLES_MAX) {
            return new Verdict.Inconclusive(
                    "no verdict after %d attempts: %s".formatted(samples.size(), lastMessage()));
        }
        return new Verdict.MeasureAt(due(start, now));
    }

    private Instant due(Instant start, Instant now) {
        Duration wait = samples.isEmpty() ? Times.duration(declared.getInitialDelay()) : interval();
        Instant from = samples.isEmpty() ? start : Times.instant(samples.getLast().getTime());
        Instant due = from.plus(wait);
        // A clock that was set back must not make it wait for longer than was declared.
        Instant latest = now.plus(wait);
        return due.isAfter(latest) ? latest : due;
    }

    private Duration interval() {
        return declared.hasInterval()
                ? Times.duration(declared.getInterval())
                : Duration.ofSeconds(10);
    }

    static int wanted(Verification declared) {
        return Math.max(1, declared.getMeasurements());
    }

    private static int errorLimit(Verification declared) {
        return declared.hasConsecutiveErrorLimit() ? declared.getConsecutiveErrorLimit() : 4;
    }

    private int errorsInARow() {
        int errors = 0;
        for (Sample sample : samples.reversed()) {
            if (sample.getResult() != Sample.Result.ERROR) {
                break;
            }
            errors++;
        }
        return errors;
    }

    private long count(Sample.Result result) {
        return samples.stream().filter(sample -> sample.getResult() == result).count();
    }

    private boolean last(Sample.Result result) {
        return !samples.isEmpty() && samples.getLast().getResult() == result;
    }

    private String lastMessage() {
        return samples.getLast().getMessage();
    }

    private String failureLimit() {
        return limit(declared.getFailureLimit());
    }

    private String unclearLimit() {
        return limit(declared.getInconclusiveLimit());
    }

    private static String limit(int limit) {
        return limit == 0 ? "" : ", at most %d may".formatted(limit);
    }

    private String exceeded(long count, String what, String limit) {
        return "%s of %d %s%s; the last: %s"
                .formatted(count, Math.max(wanted(declared), count), what, limit, lastMessage());
    }

    private static String allowed(long count, String what) {
        return count == 0 ? "" : ", %d %s".formatted(count, what);
    }

    private static String measurements(int count) {
        return count == 1 ? "1 measurement" : count + " measurements";
    }
}
