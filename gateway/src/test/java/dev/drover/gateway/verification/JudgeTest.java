package dev.drover.gateway.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final int INTERVAL = 10;

    /** One letter for each measurement: + yes, - no, ? cannot tell, e not taken, x never. */
    private static List<Sample> samples(String results) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < results.length(); i++) {
            samples.add(
                    Sample.newBuilder()
                            .setTime(
                                    Times.timestamp(
                                            START.plusSeconds((long) INTERVAL * samples.size())))
                            .setResult(
                                    switch (results.charAt(i)) {
                                        case '+' -> Sample.Result.SUCCESS;
                                        case '-' -> Sample.Result.FAILURE;
                                        case '?' -> Sample.Result.UNCLEAR;
                                        case 'e' -> Sample.Result.ERROR;
                                        default -> Sample.Result.REFUSED;
                                    })
                            .setMessage("number " + (samples.size() + 1))
                            .build());
        }
        return samples;
    }

    private static Verdict judge(Verification.Builder declared, String results) {
        Instant now = START.plusSeconds((long) INTERVAL * results.length());
        return Judge.judge(
                declared.setInterval(seconds(INTERVAL)).build(), samples(results), START, now);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // results | count | failures | unclear | errors in a row | what follows
                "''       | 1 | 0 | 0 | 4 | MeasureAt",
                "+        | 1 | 0 | 0 | 4 | Passed: 1 of 1 measurement succeeded",
                "+        | 0 | 0 | 0 | 4 | Passed: 1 of 1 measurement succeeded",
                "++       | 3 | 0 | 0 | 4 | MeasureAt",
                "+++      | 3 | 0 | 0 | 4 | Passed: 3 of 3 measurements succeeded",
                "-        | 3 | 0 | 0 | 4 | Failed: 1 of 3 failed; the last: number 1",
                "-+       | 3 | 1 | 0 | 4 | MeasureAt",
                "-+-      | 3 | 1 | 0 | 4 | Failed: 2 of 3 failed, at most 1 may; the last: number 3",
                "-++      | 3 | 1 | 0 | 4 | Passed: 2 of 3 measurements succeeded, 1 failed",
                "?        | 3 | 0 | 0 | 4 | Inconclusive: 1 of 3 cannot tell; the last: number 1",
                "?+?      | 3 | 0 | 2 | 4 | Passed: 1 of 3 measurements succeeded, 2 cannot tell",
                // Whatever the limits say: without any yes there is no yes.
                "???      | 3 | 0 | 3 | 4 | Inconclusive: 0 of 3 measurements succeeded, 3 cannot tell",
                "--       | 2 | 2 | 0 | 4 | Inconclusive: 0 of 2 measurements succeeded, 2 failed",
                "eeee     | 1 | 0 | 0 | 4 | MeasureAt",
                "eeeee    | 1 | 0 | 0 | 4 | Inconclusive: 5 measurements in a row could not be taken: number 5",
                "e        | 1 | 0 | 0 | 0 | Inconclusive: 1 measurement in a row could not be taken: number 1",
                // Errors in between do not add up, and do not count as measurements.
                "ee+ee+ee | 3 | 0 | 0 | 2 | MeasureAt",
                "ee+ee+e+ | 3 | 0 | 0 | 2 | Passed: 3 of 3 measurements succeeded",
                "+x       | 3 | 2 | 2 | 4 | Inconclusive: cannot be measured: number 2",
                // A no weighs more than what cannot be told.
                "?-       | 2 | 0 | 0 | 4 | Failed: 1 of 2 failed; the last: number 2",
            })
    void whatFollowsFromWhatWasMeasured(
            String results, int count, int failures, int unclear, int errors, String follows) {
        Verdict verdict =
                judge(
                        Verification.newBuilder()
                                .setMeasurements(count)
                                .setFailureLimit(failures)
                                .setInconclusiveLimit(unclear)
                                .setConsecutiveErrorLimit(errors),
                        results);
        assertThat(
                        switch (verdict) {
                            case Verdict.MeasureAt next -> "MeasureAt";
                            case Verdict.Passed passed -> "Passed: " + passed.reason();
                            case Verdict.Failed failed -> "Failed: " + failed.reason();
                            case Verdict.Inconclusive unknown ->
                                    "Inconclusive: " + unknown.reason();
                        })
                .isEqualTo(follows);
    }

    @Test
    void theFirstMeasurementWaitsForTheDelayAndTheNextForTheInterval() {
        Verification.Builder declared =
                Verification.newBuilder().setMeasurements(2).setInitialDelay(seconds(30));
        assertThat(judge(declared, "")).isEqualTo(new Verdict.MeasureAt(START.plusSeconds(30)));
        assertThat(judge(declared, "+"))
                .isEqualTo(new Verdict.MeasureAt(START.plusSeconds(INTERVAL)));
    }

    @Test
    void anIntervalThatIsLeftOutIsTenSeconds() {
        assertThat(
                        Judge.judge(
                                Verification.newBuilder().setMeasurements(2).build(),
                                samples("+"),
                                START,
                                START.plusSeconds(1)))
                .isEqualTo(new Verdict.MeasureAt(START.plusSeconds(10)));
    }

    @Test
    void aClockThatIsSetBackDoesNotDelayTheNextMeasurement() {
        Instant longAgo = START.minusSeconds(86_400);
        assertThat(
                        Judge.judge(
                                Verification.newBuilder()
                                        .setMeasurements(2)
                                        .setInterval(seconds(INTERVAL))
                                        .build(),
                                samples("+"),
                                START,
                                longAgo))
                .isEqualTo(new Verdict.MeasureAt(longAgo.plusSeconds(INTERVAL)));
    }

    @Test
    void evidenceIsBoundedWhateverTheErrorsInBetween() {
        // Four errors before each answer: no limit is passed, and it would take 500 attempts.
        String results = "eeee+".repeat(30);
        Verdict verdict = judge(Verification.newBuilder().setMeasurements(100), results);
        assertThat(results).hasSize(Judge.SAMPLES_MAX);
        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive("no verdict after 150 attempts: number 150"));
    }
}
