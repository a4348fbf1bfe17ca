package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a promotion that is followed. */
class DetachTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    @Test
    void interruptedMonitorTellsHowToComeBackAndThePromotionGoesOn() throws Exception {
        Shop shop = new Shop("ctrlc", GATEWAY, NOMAD, directory);
        shop.release("1", "sleep 1000");
        shop.promote("1", "staging", "first").exits(0);
        // So that the promotion is still running when it is looked at again.
        shop.slow();
        shop.release("2", "sleep 1001");
        var environment =
                Map.of(
                        "DROVER_ADDR",
                        GATEWAY.address(),
                        "DROVER_TOKEN",
                        LiveGateway.TOKEN,
                        "DROVER_PROJECT",
                        "ctrlc");
        try (DroverProcess promote =
                DroverProcess.start(
                        directory, environment, "promote", "shop/2", "staging", "--id", "second")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> promote.out().contains("RUNNING"));
            promote.signal("INT");
            Answer left = promote.ended();
            assertThat(left.exit()).as("%s%n%s", left.out(), left.err()).isEqualTo(130);
            assertThat(left.err())
                    .contains("Detached; the promotion goes on by itself.")
                    .contains("    drover follow projects/ctrlc/promotions/second\n")
                    .contains("    drover cancel projects/ctrlc/promotions/second --reason TEXT\n");
        }
        assertThat(
                        shop.developer()
                                .run("get", "promotion", "second")
                                .exits(0)
                                .json()
                                .path("state")
                                .asText())
                .isEqualTo("RUNNING");
    }
}
