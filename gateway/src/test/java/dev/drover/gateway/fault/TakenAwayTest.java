package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Purge;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.ClustersAt;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the gateway needs in Nomad is taken away in the middle of a rollout. */
class TakenAwayTest {
    private static final List<String> RIGHTS = List.of("read-job", "submit-job", "list-jobs");

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final Vertx vertx = Vertx.vertx();
    private final String namespace = NOMAD.freshNamespace();
    private final AtomicReference<String> token =
            new AtomicReference<>(NOMAD.agent().clientToken(namespace, RIGHTS));
    private final ConfiguredClusters clusters =
            ClustersAt.servers(
                    vertx,
                    List.of(NOMAD.agent().address()),
                    () -> String.valueOf(token.get()),
                    Duration.ofSeconds(5));
    private final LiveShop shop = new LiveShop(clusters, namespace);

    @AfterEach
    void close() {
        shop.close();
        clusters.close();
        vertx.close().await();
    }

    @Test
    void tokenThatIsRevokedIsToldAndAnotherOneLetsThePromotionGoOn() {
        shop.succeed(job("one"));
        String promotion = shop.canaryByHand().promote(job("two"));
        shop.waits(promotion);
        revoke();
        LiveShop.until(() ->
                shop.promotion(promotion)
                        .getStateMessage()
                        .contains("check the cluster's token and its rights there"));
        assertThat(shop.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);
        token.set(NOMAD.agent().clientToken(namespace, RIGHTS));
        LiveShop.until(() -> !shop.promotion(promotion).getStateMessage().contains("token"));
        shop.advance(promotion);
        shop.ended(promotion, Promotion.State.SUCCEEDED);
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(2);
    }

    @Test
    void namespaceThatIsDeletedFailsThePromotionAndNothingIsMadeAnew() {
        shop.succeed(job("one"));
        String promotion = shop.canaryByHand().promote(job("two"));
        shop.waits(promotion);
        shop.stop();
        // Nomad deletes no namespace in which something runs.
        Purge.job(NOMAD.cluster(), namespace, LiveShop.JOB);
        LiveShop.until(() ->
                NOMAD.cluster().allocations(namespace, LiveShop.JOB).stream()
                        .allMatch(one -> one.state().client().ended()));
        NOMAD.agent().api().call("DELETE", "/v1/namespace/" + namespace, "");
        shop.start();
        Promotion failed = shop.ended(promotion, Promotion.State.FAILED);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(failed.getStateMessage()).contains("the job was purged by somebody else");

        String next = shop.promote(job("three"));
        Promotion refused = shop.ended(next, Promotion.State.FAILED);
        assertThat(refused.getStateMessage()).contains("nomad namespace apply");
        assertThat(NOMAD.cluster().job(namespace, LiveShop.JOB)).isEmpty();
    }

    private void revoke() {
        for (JsonNode one : NOMAD.agent().api().get("/v1/acl/tokens")) {
            if (one.path("Name").asText().startsWith("test-" + namespace + "-")) {
                NOMAD.agent()
                        .api()
                        .call("DELETE", "/v1/acl/token/" + one.path("AccessorID").asText(), "");
            }
        }
    }

    private static TestJobs job(String value) {
        return TestJobs.service(LiveShop.JOB).count(2).release(value);
    }
}
