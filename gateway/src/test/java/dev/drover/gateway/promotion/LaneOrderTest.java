package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.promotion.LaneMark.Rank;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the modes of a lane mean, by the pure rules. */
class LaneOrderTest {
    private static final Lane THREE =
            Lane.EMPTY
                    .opened("one", Rank.RELEASE)
                    .opened("two", Rank.RELEASE)
                    .opened("three", Rank.RELEASE);

    @Test
    void firstInFirstOutGoesByWhoIsReadyFirst() {
        Lane lane = THREE.queued("three").queued("one");
        assertThat(fifo(lane).line()).containsExactly("three", "one");
        assertThat(fifo(lane).position("two")).isZero();
    }

    @Test
    void holdGoesByWhoWasThereFirst() {
        Lane lane = THREE.queued("three").queued("one");
        assertThat(hold(lane).line()).containsExactly("one", "two", "three");
        assertThat(turn(hold(lane), "one")).isTrue();
        assertThat(turn(hold(lane.started("one").ended("one", "")), "three")).isFalse();
    }

    @Test
    void blockedOneLetsThoseBehindItPassAndGetsItsPlaceBack() {
        Lane lane = THREE.queued("two").blocked("one", true);
        assertThat(turn(hold(lane), "two")).isTrue();
        assertThat(turn(hold(lane.blocked("one", false)), "two")).isFalse();
    }

    @Test
    void promotionThatHasNotBeenAllowedHasNoTurn() {
        assertThat(turn(hold(THREE), "one")).isFalse();
        assertThat(turn(fifo(THREE), "one")).isFalse();
    }

    @Test
    void newerOneTakesThePlaceOfAllOlderOnesWhenItIsReady() {
        Lane lane = latest(latest(THREE).ready("one")).ready("three");
        assertThat(latest(lane).supersededBy("one")).contains("three");
        assertThat(latest(lane).supersededBy("two")).contains("three");
        assertThat(latest(lane).supersededBy("three")).isEmpty();
        assertThat(latest(lane).line()).containsExactly("three");
        assertThat(fifo(lane).supersededBy("one")).as("in another mode since").contains("three");
    }

    @Test
    void newerOneThatIsNotReadyStandsInNobodysWay() {
        Lane lane = latest(THREE).ready("one");
        assertThat(latest(lane).supersededBy("one")).isEmpty();
        assertThat(turn(latest(lane), "one")).isTrue();
    }

    @Test
    void olderOneThatGetsReadyLaterTakesNobodysPlace() {
        Lane lane = latest(latest(THREE).ready("two")).ready("three");
        assertThat(latest(lane).supersededBy("three")).isEmpty();
    }

    @Test
    void whatRunsIsNeverSuperseded() {
        Lane lane = latest(latest(THREE).ready("one").started("one")).ready("two");
        assertThat(latest(lane).supersededBy("one")).isEmpty();
        assertThat(latest(lane).line()).containsExactly("two");
    }

    @Test
    void modeThatChangesToLatestWinsCountsForThoseWhoAreReady() {
        Lane lane = THREE.queued("two").queued("one");
        assertThat(latest(lane).supersededBy("one")).contains("two");
        assertThat(latest(lane).line()).containsExactly("two");
    }

    @Test
    void rollbackOfAPersonGoesBeforeReleasesAndIsNotSupersededByThem() {
        Lane lane =
                Lane.EMPTY
                        .opened("release", Rank.RELEASE)
                        .opened("back", Rank.ROLLBACK)
                        .opened("newer", Rank.RELEASE)
                        .queued("release")
                        .queued("newer");
        assertThat(fifo(lane.queued("back")).line()).containsExactly("back", "release", "newer");
        assertThat(hold(lane.queued("back")).line()).containsExactly("back", "release", "newer");
        Lane ready = latest(latest(lane).ready("back")).ready("newer");
        assertThat(latest(ready).supersededBy("release")).contains("newer");
        assertThat(latest(ready).supersededBy("back")).isEmpty();
        assertThat(latest(ready).line()).containsExactly("back", "newer");
    }

    @Test
    void automaticRollbackTakesThePlaceOfWhatItTakesBack() {
        Lane lane =
                THREE.queued("one")
                        .started("one")
                        .queued("two")
                        .opened("back", Rank.AUTOMATIC_ROLLBACK)
                        .queued("back");
        Promotion back = Promotion.newBuilder().setName("back").setRollbackOf("one").build();
        Notes notes = Notes.requested(List.of(), new Notes.Restore(true, "zero", List.of("web")));
        for (LaneMode mode : List.of(LaneMode.FIFO, LaneMode.LATEST_WINS, LaneMode.HOLD)) {
            assertThat(new LaneOrder(lane, mode).turn(back, notes)).as("%s", mode).isTrue();
            assertThat(turn(new LaneOrder(lane, mode), "two")).as("%s", mode).isFalse();
        }
        assertThat(latest(latest(lane).ready("two")).supersededBy("back")).isEmpty();
    }

    @Test
    void changeOfWhatIsThereNeitherTakesAPlaceNorLosesIt() {
        Lane lane =
                Lane.EMPTY
                        .opened("one", Rank.RELEASE)
                        .opened("scale", Rank.OTHER)
                        .opened("two", Rank.RELEASE);
        Lane ready = latest(latest(latest(lane).ready("one")).ready("scale")).ready("two");
        assertThat(latest(ready).supersededBy("one")).contains("two");
        assertThat(latest(ready).line()).containsExactly("scale", "two");
    }

    private static LaneOrder fifo(Lane lane) {
        return new LaneOrder(lane, LaneMode.FIFO);
    }

    private static LaneOrder latest(Lane lane) {
        return new LaneOrder(lane, LaneMode.LATEST_WINS);
    }

    private static LaneOrder hold(Lane lane) {
        return new LaneOrder(lane, LaneMode.HOLD);
    }

    private static boolean turn(LaneOrder order, String name) {
        return order.turn(
                Promotion.newBuilder().setName(name).build(),
                Notes.requested(List.of(), Notes.Restore.NONE));
    }
}
