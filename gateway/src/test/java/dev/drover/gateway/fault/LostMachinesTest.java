package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.ClustersAt;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.NomadServers;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three Nomad servers and two clients, of which some die in the middle of a rollout. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostMachinesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static NomadServers nomad;
    private static Vertx vertx;
    private static ConfiguredClusters clusters;

    @BeforeAll
    static void start() {
        nomad = NomadServers.start();
        vertx = Vertx.vertx();
        clusters = at(nomad.servers());
        nomad.api().call("POST", "/v1/namespace/shop", "{\"Name\": \"shop\"}");
        nomad.api().call("POST", "/v1/namespace/single", "{\"Name\": \"single\"}");
    }

    @AfterAll
    static void close() {
        clusters.close();
        vertx.close().await();
        nomad.close();
    }

    private static ConfiguredClusters at(List<URI> servers) {
        return ClustersAt.servers(vertx, servers, DEADLINE);
    }

    @Test
    @Order(1)
    void leaderThatIsKilledHoldsTheRolloutUpAndNothingHappensTwice() {
        try (LiveShop shop = new LiveShop(clusters, "shop")) {
            shop.succeed(job("one"));
            String promotion = shop.promote(job("two"));
            LiveShop.until(() -> versions("shop") == 2);
            String leader = nomad.leader();
            nomad.kill(leader);
            assertThatThrownBy(() -> at(List.of(nomad.address(leader))).cluster("any").status())
                    .hasMessageContaining("did not answer");
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            assertThat(versions("shop")).isEqualTo(2);
            // Two servers are enough.
            shop.succeed(job("three"));
            assertThat(versions("shop")).isEqualTo(3);
            nomad.start(leader);
            nomad.untilReady(2);
        }
    }

    @Test
    @Order(2)
    void onlyServerThatTheGatewayKnowsIsKilledAndComesBack() {
        String known = "s1".equals(nomad.leader()) ? "s2" : "s1";
        ConfiguredClusters single = at(List.of(nomad.address(known)));
        try (LiveShop shop = new LiveShop(single, "single")) {
            String promotion = shop.promote(job("one"));
            LiveShop.until(() -> versions("single") == 1);
            nomad.kill(known);
            LiveShop.until(() ->
                    shop.promotion(promotion).getStateMessage().contains("does not answer since"));
            assertThat(shop.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);
            nomad.start(known);
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            assertThat(versions("single")).isEqualTo(1);
        } finally {
            single.close();
            any().stop("single", LiveShop.JOB, false);
        }
    }

    @Test
    @Order(3)
    void allocationsOfAClientThatIsKilledAreReplacedAndThePromotionGoesOn() {
        nomad.untilReady(2);
        try (LiveShop shop = new LiveShop(clusters, "shop")) {
            String promotion = shop.promote(job("four"));
            LiveShop.until(() -> versions("shop") == 4);
            nomad.kill("c1");
            LiveShop.until(() ->
                    any().allocations("shop", LiveShop.JOB).stream()
                            .anyMatch(one -> one.state().client() == ClientStatus.LOST));
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            assertThat(versions("shop")).isEqualTo(4);
        }
    }

    @Test
    @Order(4)
    void withoutAnyClientThePromotionFailsByItsDeadlineWithTheReason() {
        nomad.kill("c2");
        LiveShop.until(() -> none("ready"));
        try (LiveShop shop = new LiveShop(clusters, "shop")) {
            String promotion =
                    shop.promote(
                            TestJobs.service(LiveShop.JOB)
                                    .count(2)
                                    .deadlines(Duration.ofSeconds(2), Duration.ofSeconds(4))
                                    .release("five")
                                    .json());
            Promotion failed = shop.ended(promotion, Promotion.State.FAILED);
            assertThat(failed.getFailureCause()).isEqualTo(FailureCause.PLACEMENT_FAILED);
            assertThat(failed.getStateMessage()).contains("nothing was placed within 4 s");
            assertThat(versions("shop")).isEqualTo(5);
        }
    }

    private static boolean none(String status) {
        return !nomad.api().get("/v1/nodes").findValuesAsText("Status").contains(status);
    }

    private static TestJobs job(String value) {
        return TestJobs.service(LiveShop.JOB)
                .count(2)
                .maxParallel(1)
                .minHealthy(Duration.ofMillis(500))
                .release(value);
    }

    private static int versions(String namespace) {
        return any().versions(namespace, LiveShop.JOB).size();
    }

    private static NomadCluster any() {
        return clusters.cluster("any");
    }
}
