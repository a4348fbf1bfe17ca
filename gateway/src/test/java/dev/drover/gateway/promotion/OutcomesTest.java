package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.drover.v1.Promotion;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void onlyTheNewestTwentyAreKept() {
        Outcomes outcomes = Outcomes.none("u1");
        for (int i = 1; i <= 25; i++) {
            outcomes = outcomes.ended(promotion("p" + i).build(), i * 1000L);
        }

        assertThat(outcomes.newest()).hasSize(20);
        assertThat(outcomes.newest().getFirst().promotion()).isEqualTo("p25");
        assertThat(outcomes.newest().getLast().promotion()).isEqualTo("p6");
        assertThat(Json.read(Json.write(outcomes), Outcomes.class)).isEqualTo(outcomes);
    }

    @Test
    void rollbackThatFailedTakesNothingBack() {
        Promotion.Builder rollback =
                promotion("p2").setKind(Promotion.Kind.ROLLBACK).setRollbackOf("p1");
        Outcomes before = Outcomes.none("u1").ended(promotion("p1").build(), 1000);

        assertThat(
                        before.ended(rollback.setState(Promotion.State.FAILED).build(), 2000)
                                .newest()
                                .getLast()
                                .takenBack())
                .isFalse();
        assertThat(
                        before.ended(rollback.setState(Promotion.State.SUCCEEDED).build(), 2000)
                                .newest()
                                .getLast()
                                .takenBack())
                .isTrue();
    }

    @Test
    void whatNeverBeganIsNotTold() {
        assertThat(Outcomes.tells(promotion("p1").build())).isTrue();
        assertThat(Outcomes.tells(promotion("p1").clearStartTime().build())).isFalse();
        assertThat(Outcomes.tells(promotion("p1").setState(Promotion.State.HELD).build()))
                .isFalse();
    }

    private static Promotion.Builder promotion(String name) {
        return Promotion.newBuilder()
                .setName(name)
                .setKind(Promotion.Kind.RELEASE)
                .setState(Promotion.State.SUCCEEDED)
                .setStartTime(Timestamps.fromMillis(500));
    }
}
