package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rollout;
import dev.drover.v1.VerificationRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The line at the bottom of a terminal that counts. */
class LiveLineTest {
    private static final long BEGUN = 1000;

    private long nanos;
    private final GatewayTime time = new GatewayTime(() -> nanos);
    private final LiveText text = new LiveText(time);

    @Test
    void bakeCountsDownSecondBySecond() {
        Phase bake = phase(Kind.BAKE, "bake-10").setUntilTime(at(BEGUN + 62)).build();
        assertThat(text.of(running(bake))).as("no time is known yet").isEmpty();

        time.told(at(BEGUN));
        assertThat(text.of(running(bake))).isEqualTo("    1 m 2 s left: job web, bake-10");
        nanos = TimeUnit.SECONDS.toNanos(50);
        assertThat(text.of(running(bake, bake)))
                .isEqualTo("    12 s left: job web, bake-10 (and 1 more)");
    }

    @Test
    void rolloutCountsUpAndSaysForHowLongAtMost() {
        time.told(at(BEGUN + 23));
        Phase.Builder register = phase(Kind.REGISTER, "canary-1");
        register.getPlannedBuilder().setTime(Duration.newBuilder().setSeconds(180));
        assertThat(text.of(running(register.build())))
                .isEqualTo("    23 s, at most 3 m without progress: job web, canary-1");
        Phase.Builder stop = phase(Kind.STOP, "stop");
        stop.getPlannedBuilder().setTime(Duration.newBuilder().setSeconds(300));
        assertThat(text.of(running(stop.build())))
                .isEqualTo("    23 s, at most 5 m: job web, stop");
        assertThat(text.of(running(phase(Kind.RESTART, "restart").build())))
                .isEqualTo("    23 s: job web, restart");
    }

    @Test
    void measurementIsCountedDownTo() {
        time.told(at(BEGUN));
        Promotion promotion =
                Promotion.newBuilder()
                        .setState(Promotion.State.VERIFYING)
                        .addVerificationRuns(
                                VerificationRun.newBuilder()
                                        .setVerification("projects/shop/verifications/errors")
                                        .setState(VerificationRun.State.RUNNING)
                                        .setNextTime(at(BEGUN + 4)))
                        .build();
        assertThat(text.of(promotion))
                .isEqualTo("    verification errors: 0 measurements, the next in 4 s");
        assertThat(text.of(promotion.toBuilder().setState(Promotion.State.QUEUED).build()))
                .isEmpty();
    }

    @Test
    void lineIsWrittenOverCutAndTakenAway() {
        StringWriter terminal = new StringWriter();
        LiveLine line = new LiveLine(new PrintWriter(terminal));
        line.clear();
        line.show("3 s");
        line.show("3 s");
        line.show("2 s");
        line.clear();
        assertThat(terminal).hasToString("\r\u001b[K3 s\r\u001b[K2 s\r\u001b[K");
        line.show("x".repeat(200));
        assertThat(terminal.toString()).endsWith("\r\u001b[K" + "x".repeat(76) + "...");
    }

    private static Phase.Builder phase(Kind kind, String id) {
        return Phase.newBuilder()
                .setJob("web")
                .setState(Phase.State.RUNNING)
                .setStartTime(at(BEGUN))
                .setPlanned(PlannedPhase.newBuilder().setKind(kind).setId(id));
    }

    private static Promotion running(Phase... phases) {
        Rollout.Builder rollout = Rollout.newBuilder();
        for (Phase phase : phases) {
            rollout.addPhases(phase);
        }
        return Promotion.newBuilder().setState(Promotion.State.RUNNING).setRollout(rollout).build();
    }

    private static Timestamp at(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }
}
