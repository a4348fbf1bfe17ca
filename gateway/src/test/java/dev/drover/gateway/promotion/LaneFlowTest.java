package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions that wait for one another, in each mode of a lane. */
class LaneFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
        lab.nouns()
                .declare("staging", "prod", Map.of("web", 0))
                .strategy(Strategies.byHand(50, 100));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void promotionThatWaitsForPeopleBlocksNobody() {
        mode(LaneMode.FIFO);
        String waits = promote("1");
        reaches(waits, Promotion.State.PENDING_APPROVAL);
        String second = promote("2");
        reaches(second, Promotion.State.PENDING_APPROVAL);
        lab.approve(second, PromotionLab.OWNER);
        reaches(second, Promotion.State.RUNNING);
        assertThat(lab.promotion(waits).getQueuePosition()).isZero();
        assertThat(lab.promotion(waits).getState()).isEqualTo(Promotion.State.PENDING_APPROVAL);
    }

    @Test
    void placeAndReasonOfWaitingAreTold() {
        mode(LaneMode.FIFO);
        String runs = running("1");
        String second = approved("2");
        String third = approved("3");
        reaches(third, Promotion.State.QUEUED);
        assertPlace(second, 1, runs, "number 1 in the lane; " + runs + " runs");
        assertPlace(third, 2, runs, "number 2 in the lane; " + runs + " runs");
        assertThat(lab.states(TestNouns.STAGING).getWaitingPromotionsList())
                .containsExactly(second, third);
        lab.cancel(second);
        engine.round();
        assertPlace(second, 0, "", "cancelled by");
        assertPlace(third, 1, runs, "number 1 in the lane; " + runs + " runs");
        lab.cancel(runs);
        runsInTheEnd(third);
        assertPlace(third, 0, "", "web");
    }

    @Test
    void newerPromotionSupersedesOlderOnesThatWaitAndNeverTheOneThatRuns() {
        mode(LaneMode.LATEST_WINS);
        String runs = running("1");
        String ready = approved("2");
        String waits = promote("3");
        reaches(waits, Promotion.State.PENDING_APPROVAL);
        assertThat(lab.promotion(ready).getState())
                .as("superseded by what is not ready itself")
                .isEqualTo(Promotion.State.QUEUED);
        String latest = approved("4");
        engine.round();
        for (String older : List.of(ready, waits)) {
            assertThat(lab.promotion(older).getState()).isEqualTo(Promotion.State.SUPERSEDED);
            assertThat(lab.promotion(older).getSupersededBy()).isEqualTo(latest);
            assertThat(lab.promotion(older).getStateMessage()).startsWith(latest + " is newer");
            assertThat(lab.promotion(older).hasEndTime()).isTrue();
            assertThat(lab.promotion(older).getWaitingFor()).isEmpty();
        }
        assertThat(lab.promotion(runs).getState()).isEqualTo(Promotion.State.RUNNING);
        assertPlace(latest, 1, runs, "number 1 in the lane; " + runs + " runs");
        assertThat(actionsOf(ready)).contains("promotion.supersede");
        lab.cancel(runs);
        runsInTheEnd(latest);
    }

    @Test
    void supersededPromotionCanBeTriedAgain() {
        mode(LaneMode.LATEST_WINS);
        running("1");
        String older = approved("2");
        approved("3");
        reaches(older, Promotion.State.SUPERSEDED);
        Promotion again =
                (Promotion)
                        lab.call(
                                "RetryPromotion",
                                PromotionLab.DEVELOPER,
                                RetryPromotionRequest.newBuilder().setName(older).build());
        assertThat(again.getRetryOf()).isEqualTo(older);
        assertThat(again.getSupersededBy()).isEmpty();
        reaches(again.getName(), Promotion.State.PENDING_APPROVAL);
    }

    @Test
    void promotionThatWaitsForPeopleHoldsThoseBehindIt() {
        mode(LaneMode.HOLD);
        String first = promote("1");
        reaches(first, Promotion.State.PENDING_APPROVAL);
        String second = approved("2");
        reaches(second, Promotion.State.QUEUED);
        assertThat(lab.files().store().entries(0, 1000))
                .as("what is told as it gets into the line")
                .extracting(entry -> entry.event().summary())
                .anyMatch(text -> text.contains("QUEUED: number 2 in the lane; " + first));
        engine.round();
        assertPlace(
                second,
                2,
                first,
                "number 2 in the lane; "
                        + first
                        + " is before it and keeps its place until people have decided");
        assertThat(lab.promotion(first).getQueuePosition()).isEqualTo(1);
        lab.approve(first, PromotionLab.OWNER);
        reaches(first, Promotion.State.RUNNING);
        assertThat(lab.promotion(second).getState()).isEqualTo(Promotion.State.QUEUED);
        lab.cancel(first);
        runsInTheEnd(second);
    }

    @Test
    void cancellationFreesThePlaceThatWasHeld() {
        mode(LaneMode.HOLD);
        String first = promote("1");
        reaches(first, Promotion.State.PENDING_APPROVAL);
        String second = approved("2");
        reaches(second, Promotion.State.QUEUED);
        lab.cancel(first);
        reaches(second, Promotion.State.RUNNING);
    }

    @Test
    void editOfTheModeCountsForThoseWhoWait() {
        mode(LaneMode.HOLD);
        String first = promote("1");
        reaches(first, Promotion.State.PENDING_APPROVAL);
        String second = approved("2");
        reaches(second, Promotion.State.QUEUED);
        String digest = lab.promotion(second).getPlan().getDigest();
        mode(LaneMode.FIFO);
        reaches(second, Promotion.State.RUNNING);
        assertThat(lab.promotion(second).getPlan().getDigest())
                .as("what was approved")
                .isEqualTo(digest);
    }

    @Test
    void rollbackOfAPersonGoesBeforeReleasesThatWait() {
        mode(LaneMode.LATEST_WINS);
        String good = running("1");
        finish(good);
        String better = running("2");
        finish(better);
        String runs = running("3");
        String waits = approved("4");
        reaches(waits, Promotion.State.QUEUED);
        String back =
                ((Promotion)
                                lab.call(
                                        "RollbackApplication",
                                        PromotionLab.DEVELOPER,
                                        RollbackApplicationRequest.newBuilder()
                                                .setName(TestNouns.APPLICATION)
                                                .setEnvironment(TestNouns.STAGING)
                                                .setReason("it is slow")
                                                .build()))
                        .getName();
        reaches(back, Promotion.State.PENDING_APPROVAL);
        lab.approve(back, PromotionLab.OWNER);
        reaches(waits, Promotion.State.SUPERSEDED);
        String newer = approved("5");
        engine.round();
        assertPlace(back, 1, runs, "number 1 in the lane");
        assertPlace(newer, 2, runs, "number 2 in the lane");
    }

    private void mode(LaneMode mode) {
        lab.nouns()
                .environment("staging", environment -> environment.setLaneMode(mode))
                .approvals(1, "owners", 1, "staging");
    }

    private String promote(String version) {
        String release =
                lab.nouns()
                        .release(
                                version,
                                Map.of(
                                        "web",
                                        TestJobs.service("web")
                                                .count(4)
                                                .minHealthy(Duration.ofSeconds(1))
                                                .release(version)
                                                .json()));
        return lab.promote(release, TestNouns.STAGING);
    }

    private String approved(String version) {
        String promotion = promote(version);
        reaches(promotion, Promotion.State.PENDING_APPROVAL);
        lab.approve(promotion, PromotionLab.OWNER);
        engine.round();
        return promotion;
    }

    private String running(String version) {
        String promotion = approved(version);
        reaches(promotion, Promotion.State.RUNNING);
        return promotion;
    }

    private void finish(String promotion) {
        engine.until(
                LONG,
                () -> {
                    lab.advanceWhatWaits(promotion);
                    return PromotionStates.ended(lab.promotion(promotion));
                });
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.SUCCEEDED);
    }

    /** What ran meanwhile makes another plan of it, which people look at once more. */
    private void runsInTheEnd(String promotion) {
        engine.until(
                LONG,
                () -> {
                    if (lab.promotion(promotion).getState() == Promotion.State.PENDING_APPROVAL) {
                        lab.approve(promotion, PromotionLab.OWNER);
                    }
                    return lab.promotion(promotion).getState() == Promotion.State.RUNNING;
                });
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }

    private void assertPlace(String promotion, int position, String awaited, String message) {
        Promotion one = lab.promotion(promotion);
        assertThat(one.getQueuePosition()).as("place of %s", promotion).isEqualTo(position);
        assertThat(one.getWaitingFor()).as("what %s waits for", promotion).isEqualTo(awaited);
        assertThat(one.getStateMessage()).startsWith(message);
    }

    private List<String> actionsOf(String promotion) {
        return lab.files().store().entries(0, 1000).stream()
                .map(AuditRecord::event)
                .filter(event -> event.resource().equals(promotion))
                .map(event -> event.action())
                .toList();
    }
}
