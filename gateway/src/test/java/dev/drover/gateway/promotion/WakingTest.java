package dev.drover.gateway.promotion;

import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The engine's loop wakes who waits when the reason goes away. Without that each of them would look
 * again after 30 seconds, which is more than is waited here.
 */
class WakingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(
                    name -> (NomadCluster) nomad, InstantSource.system(), EngineLimits.DEFAULT);
    private final Engine engine = lab.engine();

    @BeforeEach
    void start() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        lab.close();
    }

    @Test
    void endOfAPromotionWakesTheNextInItsLane() {
        String first = running(TestNouns.APPLICATION, "1");
        String second = promote(TestNouns.APPLICATION, "2");
        waitsFor(second, first);
        runsAfter(first, second);
    }

    @Test
    void endOfAPromotionWakesWhoWaitsForRoom() {
        lab.nouns().clusterRuns(1);
        String first = running(TestNouns.APPLICATION, "1");
        String second = promote(lab.nouns().secondApplication("api"), "1");
        waitsFor(second, "clusters/test");
        runsAfter(first, second);
    }

    @Test
    void raisedLimitWakesAllForWhomThereIsRoom() {
        lab.nouns().environment("staging", any -> any.setMaxRunningPromotions(1));
        running(TestNouns.APPLICATION, "1");
        String second = promote(lab.nouns().secondApplication("api"), "1");
        waitsFor(second, TestNouns.STAGING);
        String third = promote(lab.nouns().secondApplication("db"), "1");
        waitsFor(third, TestNouns.STAGING);
        lab.nouns().environment("staging", any -> any.setMaxRunningPromotions(3));
        reaches(second, Promotion.State.RUNNING);
        reaches(third, Promotion.State.RUNNING);
    }

    @Test
    void cancellationOfOneThatWaitsForRoomWakesTheOneBehindIt() {
        lab.nouns().clusterRuns(1);
        String first = running(TestNouns.APPLICATION, "1");
        String second = promote(lab.nouns().secondApplication("api"), "1");
        waitsFor(second, "clusters/test");
        String third = promote(lab.nouns().secondApplication("db"), "1");
        waitsFor(third, "clusters/test");
        lab.cancel(second);
        runsAfter(first, third);
    }

    @Test
    void editOfTheLaneModeWakesThoseBehindAHeldPlace() {
        lab.nouns()
                .environment("staging", any -> any.setLaneMode(LaneMode.HOLD))
                .approvals(1, "owners", 1, "staging");
        String first = promote(TestNouns.APPLICATION, "1");
        reaches(first, Promotion.State.PENDING_APPROVAL);
        String second = promote(TestNouns.APPLICATION, "2");
        reaches(second, Promotion.State.PENDING_APPROVAL);
        lab.approve(second, PromotionLab.OWNER);
        waitsFor(second, first);
        lab.nouns().environment("staging", any -> any.setLaneMode(LaneMode.FIFO));
        reaches(second, Promotion.State.RUNNING);
    }

    @Test
    void rejectionOfAHeldPlaceWakesThoseBehindIt() {
        lab.nouns()
                .environment("staging", any -> any.setLaneMode(LaneMode.HOLD))
                .approvals(1, "owners", 1, "staging");
        String first = promote(TestNouns.APPLICATION, "1");
        reaches(first, Promotion.State.PENDING_APPROVAL);
        String second = promote(TestNouns.APPLICATION, "2");
        reaches(second, Promotion.State.PENDING_APPROVAL);
        lab.approve(second, PromotionLab.OWNER);
        waitsFor(second, first);
        lab.call(
                "RejectPromotion",
                PromotionLab.OWNER,
                RejectPromotionRequest.newBuilder().setName(first).setReason("no").build());
        runs(second);
    }

    private String running(String application, String version) {
        String promotion = promote(application, version);
        reaches(promotion, Promotion.State.RUNNING);
        return promotion;
    }

    private String promote(String application, String version) {
        String job = Names.id(application);
        String release =
                lab.nouns()
                        .release(
                                application,
                                version,
                                Map.of(job, TestJobs.service(job).release(version).json()));
        return lab.promote(release, TestNouns.STAGING);
    }

    private void waitsFor(String promotion, String awaited) {
        await().atMost(SOON).until(() -> lab.promotion(promotion).getWaitingFor().equals(awaited));
    }

    private void reaches(String promotion, Promotion.State state) {
        await().atMost(SOON).until(() -> lab.promotion(promotion).getState() == state);
    }

    /** Nomad's time stands still but here: what is cancelled there ends only as it goes on. */
    private void runsAfter(String cancelled, String promotion) {
        lab.cancel(cancelled);
        runs(promotion);
    }

    private void runs(String promotion) {
        await().atMost(SOON)
                .until(() -> {
                    time.advance(Duration.ofMillis(200));
                    return lab.promotion(promotion).hasStartTime();
                });
    }
}
