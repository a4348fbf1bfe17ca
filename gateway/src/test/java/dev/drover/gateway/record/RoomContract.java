package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every store does with the room that items of work need. */
public abstract class RoomContract extends StoreContract {
    private static final String CLUSTER = "clusters/dev";

    @Test
    void moreThanTheLimitNeverHaveRoom() {
        add("a", "b", "c");
        commit(take("a", 2), take("b", 2));

        GatewayException refusal = refused(take("c", 2));

        assertThat(refusal.reason()).isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refusal).hasMessageContaining("clusters/dev has no room for c: 2 of 2 run");
        commit(take("c", 3));
    }

    @Test
    void takingRoomTwiceTakesItOnce() {
        add("a", "b");
        commit(take("a", 2));
        commit(take("a", 2));
        commit(take("b", 2));
        assertThat(work().room("a", wish(2)).running()).isEqualTo(2);
    }

    @Test
    void environmentsHaveLimitsOfTheirOwn() {
        add("a", "b", "c");
        commit(new WorkChange.TakeRoom("a", wish("one", 9, 1)));
        GatewayException refusal = refused(new WorkChange.TakeRoom("b", wish("one", 9, 1)));
        assertThat(refusal).hasMessageContaining("one has no room for b: 1 of 1 run");
        commit(new WorkChange.TakeRoom("c", wish("two", 9, 1)));
    }

    @Test
    void whoeverLeavesTheListLeavesItsRoomToTheNext() {
        add("a", "b", "c");
        commit(take("a", 1));
        commit(new WorkChange.AwaitRoom("b", wish(1)), new WorkChange.AwaitRoom("c", wish(1)));
        assertThat(work().nextForRoom()).isEmpty();
        assertThat(work().room("c", wish(1)))
                .isEqualTo(new RoomSight(false, true, new RoomWish.Limit(CLUSTER, 1), 1, 1));

        commit(new WorkChange.Remove("a"));

        assertThat(work().nextForRoom()).containsExactly("b");
        assertThat(refused(take("c", 1))).hasMessageContaining("1 wait before it");
        commit(take("b", 1));
        assertThat(work().nextForRoom()).isEmpty();
    }

    @Test
    void whoeverWaitsNoMoreLetsTheNextGo() {
        add("a", "b");
        commit(new WorkChange.AwaitRoom("a", wish(1)), new WorkChange.AwaitRoom("b", wish(1)));
        assertThat(work().nextForRoom()).containsExactly("a");

        commit(new WorkChange.LeaveRoom("a"));

        assertThat(work().nextForRoom()).containsExactly("b");
    }

    @Test
    void leavingDoesNotGiveUpRoomThatIsTaken() {
        add("a", "b");
        commit(take("a", 1));
        commit(new WorkChange.LeaveRoom("a"));
        assertThat(refused(take("b", 1)).reason()).isEqualTo(Reason.REVISION_CONFLICT);
    }

    @Test
    void waitingAgainKeepsThePlaceAndChangesTheLimit() {
        add("a", "b", "c");
        commit(take("a", 1));
        commit(new WorkChange.AwaitRoom("b", wish(1)), new WorkChange.AwaitRoom("c", wish(1)));
        commit(new WorkChange.AwaitRoom("b", wish(2)));
        assertThat(work().room("b", wish(2)).waiting()).isTrue();
        assertThat(work().nextForRoom()).containsExactly("b");
    }

    @Test
    void refusedCommitTakesNoRoom() {
        add("a", "b");
        assertThat(refused(take("a", 1), new WorkChange.Fence("a", "nobody", 1)).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        commit(take("b", 1));
    }

    @Test
    void roomIsThereAfterAReopen() {
        add("a", "b");
        commit(take("a", 1), new WorkChange.AwaitRoom("b", wish(1)));
        reopen();
        assertThat(work().room("b", wish(1)).running()).isEqualTo(1);
        assertThat(work().room("b", wish(1)).waiting()).isTrue();
    }

    @Test
    void limitHoldsHoweverManyTakeRoomAtOnce() {
        for (int i = 0; i < 40; i++) {
            add("p" + i);
        }
        Queue<String> got = new ConcurrentLinkedQueue<>();
        Callers.run(
                8,
                caller -> {
                    for (int i = 0; i < 5; i++) {
                        String item = "p" + (caller * 5 + i);
                        try {
                            commit(take(item, 7));
                            got.add(item);
                        } catch (GatewayException full) {
                            assertThat(full.reason()).isEqualTo(Reason.REVISION_CONFLICT);
                        }
                    }
                });
        assertThat(got).hasSize(7);
    }

    private void add(String... items) {
        for (String item : List.of(items)) {
            commit(new WorkChange.Add(item, "lane " + item));
        }
    }

    private static WorkChange take(String item, int most) {
        return new WorkChange.TakeRoom(item, wish(most));
    }

    private static RoomWish wish(int most) {
        return wish("environment", most, 99);
    }

    private static RoomWish wish(String environment, int most, int mostThere) {
        return new RoomWish(
                "projects/shop",
                false,
                new RoomWish.Limit(CLUSTER, most),
                new RoomWish.Limit(environment, mostThere));
    }
}
