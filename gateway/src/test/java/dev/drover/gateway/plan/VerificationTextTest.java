package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.NomadMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Verification;
import org.junit.jupiter.api.Test;

/** What approvers read of a verification. */
class VerificationTextTest {
    @Test
    void requestIsToldWithWhatDecides() {
        assertThat(
                        text(
                                Verification.newBuilder()
                                        .setHttp(
                                                HttpMeasurement.newBuilder()
                                                        .setUrl("https://web.example/healthz")
                                                        .setSuccessCondition("status == 200")
                                                        .setFailureCondition("status > 499"))))
                .isEqualTo(
                        "it: GET https://web.example/healthz; yes where `status == 200`; no where `status > 499`;"
                                + " once; inconclusive waits 24h for a person");
    }

    @Test
    void queryIsToldInOneLineWithHowOftenItIsAsked() {
        assertThat(
                        text(
                                Verification.newBuilder()
                                        .setPrometheus(
                                                PrometheusMeasurement.newBuilder()
                                                        .setAddress("http://prometheus:9090")
                                                        .setQuery("sum(\n  errors\n)")
                                                        .setRange(range())
                                                        .setSuccessCondition("value < 0.01"))
                                        .setMeasurements(10)
                                        .setInterval(seconds(30))
                                        .setInitialDelay(seconds(60))
                                        .setFailureLimit(2)
                                        .setOnInconclusive(Verification.InconclusiveAction.FAIL)))
                .isEqualTo(
                        "it: `sum( errors )` from http://prometheus:9090 over 5m by 15s; yes where `value < 0.01`;"
                                + " 10 times, every 30s, 1m later, of which 2 may fail; inconclusive counts as failed");
    }

    @Test
    void dryRunIsToldToDecideNothing() {
        assertThat(
                        text(
                                Verification.newBuilder()
                                        .setNomad(NomadMeasurement.getDefaultInstance())
                                        .setDryRun(true)))
                .isEqualTo(
                        "it: health and checks of the new allocations, as Nomad tells them; yes where all that is"
                                + " wanted is healthy and no check fails; once; a dry run, which decides nothing");
    }

    @Test
    void jobAndComparisonAreToldToo() {
        assertThat(
                        text(
                                Verification.newBuilder()
                                        .setJob(
                                                JobMeasurement.newBuilder()
                                                        .setTimeout(seconds(90)))))
                .contains("a batch job that must end with exit code 0 within 1m30s");
        assertThat(
                        text(
                                Verification.newBuilder()
                                        .setComparison(
                                                ComparisonMeasurement.newBuilder()
                                                        .setAddress("http://prometheus:9090")
                                                        .setQuery("latency")
                                                        .setRange(range())
                                                        .setFailureCondition("ratio > 1.1"))))
                .contains(
                        "`latency` from http://prometheus:9090 over 5m by 15s, of new allocations against old ones,"
                                + " higher being worse, at least 10 values of each; no where `ratio > 1.1`");
    }

    private static String text(Verification.Builder verification) {
        return VerificationText.of(verification.setName("projects/shop/verifications/it").build());
    }

    private static QueryRange range() {
        return QueryRange.newBuilder().setDuration(seconds(300)).setStep(seconds(15)).build();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
