package dev.drover.gateway.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String NAME = "projects/shop/verifications/smoke";

    private static VerificationRun begun(Verification.Builder declared) {
        return Runs.begin(declared.setName(NAME).build(), "", NOW);
    }

    private static Sample sample(Sample.Result result, String request) {
        return Sample.newBuilder()
                .setTime(Times.timestamp(NOW))
                .setResult(result)
                .setMessage("it is so")
                .setRequest(request)
                .build();
    }

    private static VerificationRun taken(Verification.Builder declared, Sample.Result result) {
        return Runs.take(begun(declared), sample(result, "GET /"), NOW);
    }

    private static Verification.Builder once() {
        return Verification.newBuilder();
    }

    @Test
    void aRunKeepsTheDeclarationAsItWas() {
        VerificationRun run = begun(once().setMeasurements(2).setEtag("1"));
        assertThat(run.getState()).isEqualTo(VerificationRun.State.RUNNING);
        assertThat(run.getDeclaration().getMeasurements()).isEqualTo(2);
        assertThat(run.getDeclaration().getEtag()).isEmpty();
        assertThat(Runs.next(List.of(run))).contains(new Runs.Due(0, NOW));
    }

    @Test
    void whatWasAskedIsKeptOnceUntilItChanges() {
        VerificationRun run = begun(once().setMeasurements(4));
        for (String request : List.of("up", "up", "down", "down")) {
            run = Runs.take(run, sample(Sample.Result.SUCCESS, request), NOW);
        }
        assertThat(run.getSamplesList())
                .extracting(Sample::getRequest)
                .containsExactly("up", "", "down", "");
        assertThat(run.getState()).isEqualTo(VerificationRun.State.PASSED);
        assertThat(run.getMessage()).isEqualTo("4 of 4 measurements succeeded");
        assertThat(run.hasNextTime()).isFalse();
        assertThat(Times.instant(run.getEndTime())).isEqualTo(NOW);
    }

    @Test
    void aSampleThatComesLateChangesNothing() {
        VerificationRun passed = taken(once(), Sample.Result.SUCCESS);
        assertThat(Runs.take(passed, sample(Sample.Result.FAILURE, ""), NOW)).isEqualTo(passed);
        assertThat(Runs.stop(passed, "too late", NOW)).isEqualTo(passed);
    }

    @Test
    void theOneThatIsDueFirstIsMeasuredFirst() {
        VerificationRun later =
                begun(once().setInitialDelay(Times.duration(Duration.ofSeconds(5))));
        assertThat(Runs.next(List.of(taken(once(), Sample.Result.SUCCESS), later, begun(once()))))
                .contains(new Runs.Due(2, NOW));
        assertThat(Runs.next(List.of())).isEmpty();
    }

    @Test
    void oneNoDecidesAndDryRunsDoNot() {
        VerificationRun dry = taken(once().setDryRun(true), Sample.Result.FAILURE);
        VerificationRun passed = taken(once(), Sample.Result.SUCCESS);
        VerificationRun failed = taken(once(), Sample.Result.FAILURE);
        assertThat(dry.getState()).isEqualTo(VerificationRun.State.FAILED);
        assertThat(Runs.together(List.of(dry, passed), NOW)).isEqualTo(new Runs.Together.Passed());
        assertThat(Runs.together(List.of(dry, begun(once()), failed), NOW))
                .isEqualTo(new Runs.Together.Failed(failed));
        assertThat(Runs.together(List.of(), NOW)).isEqualTo(new Runs.Together.Passed());
    }

    @Test
    void aDryRunIsMeasuredToItsEnd() {
        VerificationRun dry = begun(once().setDryRun(true));
        assertThat(Runs.together(List.of(dry), NOW)).isEqualTo(new Runs.Together.Open(dry));
    }

    @Test
    void whatIsInconclusiveWaitsForAPersonForADeclaredTime() {
        VerificationRun unclear =
                taken(
                        once().setHoldLimit(Times.duration(Duration.ofHours(1))),
                        Sample.Result.UNCLEAR);
        assertThat(Runs.together(List.of(unclear), NOW.plusSeconds(3599)))
                .isEqualTo(new Runs.Together.Waiting(unclear));
        assertThat(Runs.together(List.of(unclear), NOW.plusSeconds(3600)))
                .isEqualTo(new Runs.Together.Inconclusive(unclear));
        VerificationRun accepted = Runs.accept(unclear, "serviceAccounts/owner", "known");
        assertThat(Runs.together(List.of(accepted), NOW)).isEqualTo(new Runs.Together.Passed());
        assertThat(Runs.verdicts(List.of(accepted))).containsEntry("smoke", "ACCEPTED");
    }

    @Test
    void aDayIsWaitedWhereNothingIsSaid() {
        VerificationRun unclear = taken(once(), Sample.Result.UNCLEAR);
        assertThat(Runs.holdEnds(unclear)).contains(NOW.plusSeconds(86_400));
    }

    @Test
    void whatMustNotWaitFailsAtOnce() {
        VerificationRun unclear =
                taken(
                        once().setOnInconclusive(Verification.InconclusiveAction.FAIL),
                        Sample.Result.UNCLEAR);
        assertThat(Runs.together(List.of(unclear), NOW))
                .isEqualTo(new Runs.Together.Inconclusive(unclear));
    }

    @Test
    void textsOfTheEvidenceAreBounded() {
        Finding finding =
                new Finding(
                        Sample.Result.FAILURE,
                        "x".repeat(10_000),
                        java.util.Map.of("value", "y".repeat(10_000)),
                        "z".repeat(10_000));
        assertThat(finding.sample().build().getSerializedSize()).isLessThan(2_000);
    }
}
