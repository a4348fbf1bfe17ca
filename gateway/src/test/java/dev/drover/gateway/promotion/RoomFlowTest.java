package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions that wait because a cluster or an environment runs as many as it may. */
class RoomFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final TestStore files = TestStore.create();
    private final PromotionLab shop = lab("shop");
    private final PromotionLab bank = lab("bank");
    private final EngineDriver engine = new EngineDriver(shop, time);

    @BeforeEach
    void declare() {
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
        for (String id : List.of("shop", "bank")) {
            nomad.createNamespace(id + "-staging");
            nomad.createNamespace(id + "-prod");
            PromotionLab lab = id.equals("shop") ? shop : bank;
            lab.nouns()
                    .declare(id + "-staging", id + "-prod", Map.of("web", 0))
                    .strategy(Strategies.byHand(50, 100));
        }
        shop.nouns().clusterRuns(1);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void clusterRunsNoMoreThanItMayAndSaysWhoWaitsForIt() {
        String runs = promote(shop, "1");
        reaches(runs, Promotion.State.RUNNING);
        String second = promote(bank, "1");
        engine.round();
        assertWaits(second, 1, "clusters/test", "clusters/test runs 1 of 1 promotions");
        shop.nouns().environment("staging", any -> any.setLaneMode(LaneMode.FIFO));
        cancel(runs);
        reaches(second, Promotion.State.RUNNING);
        assertThat(shop.promotion(second).getWaitingFor()).isEmpty();
        assertThat(shop.promotion(second).getQueuePosition()).isZero();
    }

    @Test
    void environmentRunsNoMoreThanItMay() {
        shop.nouns().clusterRuns(9).environment("staging", any -> any.setMaxRunningPromotions(1));
        String other = shop.nouns().secondApplication("api");
        String runs = promote(shop, "1");
        reaches(runs, Promotion.State.RUNNING);
        String release = shop.nouns().release(other, "1", Map.of("api", spec("api", "1")));
        String waits = shop.promote(release, TestNouns.STAGING);
        engine.round();
        assertWaits(waits, 1, TestNouns.STAGING, TestNouns.STAGING + " runs 1 of 1 promotions");
        reaches(promote(bank, "1"), Promotion.State.RUNNING);
        cancel(runs);
        reaches(waits, Promotion.State.RUNNING);
    }

    @Test
    void projectsTakeTurnsWhereTheLimitBinds() {
        List<String> order = new ArrayList<>();
        String first = promote(shop, "1");
        reaches(first, Promotion.State.RUNNING);
        List<String> waiting = new ArrayList<>();
        for (String id : List.of("api", "db", "cache")) {
            String application = shop.nouns().secondApplication(id);
            String release = shop.nouns().release(application, "1", Map.of(id, spec(id, "1")));
            waiting.add(shop.promote(release, TestNouns.STAGING));
        }
        engine.round();
        waiting.add(promote(bank, "1"));
        engine.round();
        assertThat(shop.promotion(waiting.get(2)).getStateMessage())
                .endsWith("; 2 before this one");
        assertThat(shop.promotion(waiting.getLast()).getQueuePosition()).isEqualTo(1);
        String runs = first;
        while (!waiting.isEmpty()) {
            cancel(runs);
            engine.until(LONG, () -> waiting.stream().anyMatch(this::running));
            runs = waiting.stream().filter(this::running).findFirst().orElseThrow();
            waiting.remove(runs);
            order.add(runs.replaceFirst("projects/([^/]+)/.*/(.*)", "$1 $2"));
        }
        assertThat(order).containsExactly("bank p1", "shop p2", "shop p3", "shop p4");
    }

    @Test
    void automaticRollbackNeedsNoRoomOfItsOwn() {
        finish(promote(shop, "1"));
        String release =
                shop.nouns()
                        .release(
                                "2",
                                Map.of(
                                        "web",
                                        TestJobs.service("web")
                                                .count(2)
                                                .script("exit 1 # crashing")
                                                .json()));
        String bad = shop.promote(release, TestNouns.STAGING);
        reaches(bad, Promotion.State.RUNNING);
        String waits = promote(bank, "1");
        engine.until(
                LONG,
                () -> {
                    boolean ended = PromotionStates.ended(shop.promotion(bad));
                    assertThat(running(waits) && !ended).as("beside the rollback").isFalse();
                    return ended;
                });
        assertThat(shop.promotion(bad).getState()).isEqualTo(Promotion.State.ROLLED_BACK);
        reaches(waits, Promotion.State.RUNNING);
    }

    @Test
    void rollbackOfAPersonIsTheNextToGetRoom() {
        finish(promote(shop, "1"));
        finish(promote(shop, "2"));
        String runs = promote(bank, "1");
        reaches(runs, Promotion.State.RUNNING);
        String application = bank.nouns().secondApplication("api");
        String release = bank.nouns().release(application, "1", Map.of("api", spec("api", "1")));
        String waits = bank.promote(release, bank.nouns().environment("staging"));
        engine.round();
        Promotion back =
                (Promotion)
                        shop.call(
                                "RollbackApplication",
                                PromotionLab.DEVELOPER,
                                RollbackApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .setReason("slow")
                                        .build());
        engine.round();
        assertThat(shop.promotion(back.getName()).getQueuePosition()).isEqualTo(1);
        cancel(runs);
        engine.until(LONG, () -> running(back.getName()));
        assertThat(running(waits)).isFalse();
    }

    @Test
    void cancelledOneLetsThoseBehindItGo() {
        String runs = promote(shop, "1");
        reaches(runs, Promotion.State.RUNNING);
        String second = promote(bank, "1");
        engine.round();
        cancel(second);
        assertThat(files.store().nextForRoom()).isEmpty();
        cancel(runs);
        engine.until(LONG, () -> PromotionStates.ended(shop.promotion(runs)));
        assertThat(files.store().nextForRoom()).isEmpty();
        reaches(promote(bank, "2"), Promotion.State.RUNNING);
    }

    private PromotionLab lab(String id) {
        return new PromotionLab(
                new PromotionLab.Shared(files, "projects/" + id),
                name -> (NomadCluster) nomad,
                time,
                EngineLimits.DEFAULT);
    }

    private static ObjectNode spec(String job, String version) {
        return TestJobs.service(job)
                .count(2)
                .minHealthy(Duration.ofSeconds(1))
                .release(version)
                .json();
    }

    private String promote(PromotionLab lab, String version) {
        String release = lab.nouns().release(version, Map.of("web", spec("web", version)));
        return lab.promote(release, lab.nouns().environment("staging"));
    }

    private void cancel(String promotion) {
        shop.cancel(promotion);
        engine.round();
    }

    private void finish(String promotion) {
        engine.until(
                LONG,
                () -> {
                    shop.advanceWhatWaits(promotion);
                    return PromotionStates.ended(shop.promotion(promotion));
                });
        assertThat(shop.promotion(promotion).getState()).isEqualTo(Promotion.State.SUCCEEDED);
    }

    private boolean running(String promotion) {
        return shop.promotion(promotion).getState() == Promotion.State.RUNNING;
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> shop.promotion(promotion).getState() == state);
    }

    private void assertWaits(String promotion, int position, String awaited, String message) {
        Promotion one = shop.promotion(promotion);
        assertThat(one.getState()).isEqualTo(Promotion.State.QUEUED);
        assertThat(one.getStateMessage()).isEqualTo(message);
        assertThat(one.getQueuePosition()).isEqualTo(position);
        assertThat(one.getWaitingFor()).isEqualTo(awaited);
    }
}
