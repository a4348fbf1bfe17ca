package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.ClustersAt;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.Promotion;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that is stopped while it waits for an answer of Nomad. */
class GoingDownTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @Test
    void saysNothingOfTheClusterAndTheNextOneGoesOn() {
        Vertx vertx = Vertx.vertx();
        String namespace = NOMAD.freshNamespace();
        try (NomadProxy proxy = NomadProxy.start(vertx, NOMAD.agent().address());
                ConfiguredClusters clusters =
                        ClustersAt.servers(
                                vertx,
                                List.of(proxy.address()),
                                () -> NOMAD.agent().token(),
                                Duration.ofMinutes(1));
                LiveShop shop = new LiveShop(clusters, namespace)) {
            proxy.damage(passing ->
                    passing.call().equals("POST /jobs")
                            ? Optional.of(Damage.SILENCE_AFTER)
                            : Optional.empty());
            String promotion = shop.promote(TestJobs.service(LiveShop.JOB));
            LiveShop.until(() -> NOMAD.cluster().job(namespace, LiveShop.JOB).isPresent());
            shop.stop();
            assertThat(shop.promotion(promotion).getStateMessage()).doesNotContain("answer");
            proxy.damage(passing -> Optional.empty());
            shop.start();
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(1);
        } finally {
            vertx.close().await();
        }
    }
}
