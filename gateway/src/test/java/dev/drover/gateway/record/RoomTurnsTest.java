package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.record.RoomTurns.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets room next. */
class RoomTurnsTest {
    private static final String CLUSTER = "clusters/dev";

    @Test
    void whoComesFirstGoesFirstInAProject() {
        List<Waiting> waiting = List.of(one("a1", "a", 1), one("a2", "a", 2), one("a3", "a", 3));
        assertThat(items(turns(0, Map.of()).next(waiting))).containsExactly("a1", "a2");
        assertThat(items(turns(1, Map.of()).next(waiting))).containsExactly("a1");
        assertThat(turns(2, Map.of()).next(waiting)).isEmpty();
    }

    @Test
    void projectsTakeTurns() {
        List<Waiting> waiting = List.of(one("a1", "a", 1), one("a2", "a", 2), one("b1", "b", 3));
        assertThat(items(turns(0, Map.of()).next(waiting))).containsExactly("a1", "b1");
        assertThat(items(turns(1, Map.of("a", 7L, "b", 5L)).next(waiting))).containsExactly("b1");
    }

    @Test
    void projectThatWaitsGetsItsTurnWhateverOthersAskFor() {
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(one("many" + i, "many", i));
        }
        waiting.add(one("few", "few", 1000));
        Map<String, Long> last = new HashMap<>(Map.of("few", 1L, "many", 2L));
        List<String> got = new ArrayList<>();
        for (long turn = 3; turn < 6; turn++) {
            Waiting next = turns(1, last).next(waiting).getFirst();
            got.add(next.item());
            last.put(next.wish().share(), turn);
            waiting.remove(next);
        }
        assertThat(got).containsExactly("few", "many0", "many1");
    }

    @Test
    void fullEnvironmentKeepsNobodyElseFromTheCluster() {
        Waiting full = wish("a1", "a", 1, "env-full");
        Waiting other = wish("a2", "a", 2, "env-free");
        RoomTurns turns = new RoomTurns(Map.of(CLUSTER, 1, "env-full", 1), Map.of());
        assertThat(items(turns.next(List.of(full, other)))).containsExactly("a2");
        RoomSight sight = turns.sight(full, List.of(full, other), true);
        assertThat(sight.free()).isFalse();
        assertThat(sight.place().place()).isEqualTo("env-full");
        assertThat(sight.running()).isEqualTo(1);
        assertThat(sight.before()).isZero();
    }

    @Test
    void placeTellsHowManyGoBeforeInTurn() {
        List<Waiting> waiting =
                List.of(one("a1", "a", 1), one("a2", "a", 2), one("a3", "a", 3), one("b1", "b", 4));
        RoomTurns turns = turns(2, Map.of("a", 1L, "b", 2L));
        assertThat(turns.sight(waiting.get(3), waiting, true).before()).isEqualTo(1);
        assertThat(turns.sight(waiting.get(2), waiting, true).before()).isEqualTo(3);
        assertThat(turns.sight(waiting.get(2), waiting, true).place())
                .isEqualTo(new RoomWish.Limit(CLUSTER, 2));
    }

    @Test
    void whatGoesFirstGoesBeforeEveryProject() {
        Waiting urgent =
                new Waiting(
                        "back",
                        new RoomWish(
                                "a",
                                true,
                                new RoomWish.Limit(CLUSTER, 2),
                                new RoomWish.Limit("env", 9)),
                        9);
        List<Waiting> waiting = List.of(one("b1", "b", 1), urgent);
        assertThat(items(turns(1, Map.of("a", 8L)).next(waiting))).containsExactly("back");
    }

    private static RoomTurns turns(int running, Map<String, Long> last) {
        return new RoomTurns(Map.of(CLUSTER, running), last);
    }

    private static Waiting one(String item, String share, long arrival) {
        return wish(item, share, arrival, "env-" + item);
    }

    private static Waiting wish(String item, String share, long arrival, String environment) {
        return new Waiting(
                item,
                new RoomWish(
                        share,
                        false,
                        new RoomWish.Limit(CLUSTER, 2),
                        new RoomWish.Limit(environment, 1)),
                arrival);
    }

    private static List<String> items(List<Waiting> waiting) {
        return waiting.stream().map(Waiting::item).toList();
    }
}
