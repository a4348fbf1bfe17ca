package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.nomad.RealNomad;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on the real Nomad, through the HTTP adapter. */
class RealNomadContractTest extends SystemContract {

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @Override
    NomadCluster cluster() {
        return NOMAD.cluster();
    }

    @Override
    String freshNamespace() {
        return NOMAD.freshNamespace();
    }

    @Override
    void eventually(Runnable assertion) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion::run);
    }

    @Override
    void pass(Duration time) {
        await().pollDelay(time)
                .atMost(time.plusSeconds(5))
                .untilAsserted(() -> assertThat(true).isTrue());
    }
}
