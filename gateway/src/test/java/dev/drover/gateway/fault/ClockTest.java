package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.EngineLimits;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's clock is not Nomad's, or jumps in the middle of a rollout. */
class ClockTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> InstantSource.system().instant().plus(offset());
    private final String namespace = NOMAD.freshNamespace();

    private Duration offset() {
        return Objects.requireNonNull(offset.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void thatDiffersFromNomadsIsNoReasonToGiveUp(Duration difference) {
        offset.set(difference);
        try (LiveShop shop = shop()) {
            shop.succeed(job());
        }
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "PT-1H"})
    void thatJumpsInMidRolloutIsNoReasonToFailOrToRegisterAgain(Duration jump) {
        try (LiveShop shop = shop()) {
            String promotion = shop.promote(job());
            LiveShop.until(() -> !shop.phase(promotion).getDeploymentId().isEmpty());
            offset.set(jump);
            Promotion ended = shop.ended(promotion, Promotion.State.SUCCEEDED);
            // It bites: times of one promotion do not fit together.
            Duration took =
                    Duration.ofSeconds(
                            ended.getEndTime().getSeconds() - ended.getStartTime().getSeconds());
            assertThat(took.abs()).isGreaterThan(Duration.ofMinutes(4));
            // Whoever asks next is served too.
            shop.succeed(job().release("next"));
        }
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(2);
    }

    private LiveShop shop() {
        return new LiveShop(NOMAD.clusters(), namespace, clock, EngineLimits.DEFAULT);
    }

    private static TestJobs job() {
        return TestJobs.service(LiveShop.JOB).count(2).minHealthy(Duration.ofSeconds(2));
    }
}
