package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole promotions on a real Nomad. */
class RealRolloutTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final PromotionLab lab =
            new PromotionLab(NOMAD.clusters(), InstantSource.system(), EngineLimits.DEFAULT);
    private String staging = "";
    private String prod = "";

    @BeforeEach
    void declare() {
        staging = NOMAD.freshNamespace();
        prod = NOMAD.freshNamespace();
        lab.nouns()
                .declare(staging, prod, Map.of("web", 0, "api", 1))
                .strategy(
                        Strategy.newBuilder()
                                .setCanary(CanaryStrategy.newBuilder().setCount(1))
                                .build());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void twoJobsGoThroughStagingApprovalAndCanaryToProd() {
        lab.nouns().approvals(1, "owners");
        String first = release("1-0-0", "one");
        try (Engine engine = lab.engine()) {
            engine.start();
            ended(lab.promote(first, TestNouns.STAGING), Promotion.State.SUCCEEDED);
            String toProd = lab.promote(first, TestNouns.PROD);
            reaches(toProd, Promotion.State.PENDING_APPROVAL);
            lab.approve(toProd, PromotionLab.OWNER);
            ended(toProd, Promotion.State.SUCCEEDED);
            ended(
                    lab.promote(release("1-1-0", "two"), TestNouns.STAGING),
                    Promotion.State.SUCCEEDED);
        }
        assertThat(versions(staging, "web")).hasSize(2);
        assertThat(versions(staging, "api")).hasSize(2);
        assertThat(versions(prod, "web")).hasSize(1);
        assertThat(versions(staging, "web").getFirst().tag()).contains("drover-p3");
    }

    @Test
    void failingCanaryIsRolledBackByItself() {
        try (Engine engine = lab.engine()) {
            engine.start();
            ended(
                    lab.promote(release("1-0-0", "one"), TestNouns.STAGING),
                    Promotion.State.SUCCEEDED);
            String bad =
                    lab.nouns()
                            .release(
                                    "1-1-0",
                                    Map.of(
                                            "web", service("web", "two").json(),
                                            "api", service("api", "two").crashing().json()));
            String failing = lab.promote(bad, TestNouns.STAGING);
            ended(failing, Promotion.State.ROLLED_BACK);
            assertThat(lab.promotion(failing).getStateMessage()).contains("Exit Code: 1");
            Promotion rollback = lab.promotion(lab.promotion(failing).getRolledBackBy());
            assertThat(rollback.getState()).isEqualTo(Promotion.State.SUCCEEDED);
            assertThat(rollback.getRelease()).endsWith("/1-0-0");
        }
        // One registration each: the first release, the second, and the rollback.
        assertThat(versions(staging, "web")).hasSize(3);
        assertThat(versions(staging, "api")).hasSize(3);
    }

    @Test
    void engineThatIsKilledAfterEveryCommitRegistersEachVersionOnce() {
        String first = lab.promote(release("1-0-0", "one"), TestNouns.STAGING);
        int kills = runWithKills(first);
        assertThat(lab.promotion(first).getState()).isEqualTo(Promotion.State.SUCCEEDED);
        String second = lab.promote(release("1-1-0", "two"), TestNouns.STAGING);
        kills += runWithKills(second);
        assertThat(lab.promotion(second).getState()).isEqualTo(Promotion.State.SUCCEEDED);
        assertThat(kills).isGreaterThan(10);
        assertThat(versions(staging, "web")).hasSize(2);
        assertThat(versions(staging, "api")).hasSize(2);
    }

    /** A new engine on the store as it was left, again and again; tells how often. */
    private int runWithKills(String promotion) {
        int kills = 0;
        while (!PromotionStates.ended(lab.promotion(promotion))) {
            long before = lab.files().store().position();
            try (Engine engine = lab.engine()) {
                engine.start();
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> lab.files().store().position() > before);
            }
            lab.files().reopen();
            kills++;
        }
        return kills;
    }

    private String release(String id, String value) {
        return lab.nouns()
                .release(
                        id,
                        Map.of(
                                "web", service("web", value).json(),
                                "api", service("api", value).json()));
    }

    private static TestJobs service(String id, String value) {
        return TestJobs.service(id).count(2).release(value);
    }

    private List<JobVersion> versions(String namespace, String job) {
        return NOMAD.cluster().versions(namespace, job);
    }

    private void ended(String promotion, Promotion.State state) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(PromotionStates.ended(lab.promotion(promotion)))
                                .as("%s", lab.promotion(promotion))
                                .isTrue());
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
    }

    private void reaches(String promotion, Promotion.State state) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> lab.promotion(promotion).getState() == state);
    }
}
