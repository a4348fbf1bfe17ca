package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.CLUSTER;
import static dev.drover.gateway.store.Tables.CLUSTER_MOST;
import static dev.drover.gateway.store.Tables.ENVIRONMENT;
import static dev.drover.gateway.store.Tables.ENVIRONMENT_MOST;
import static dev.drover.gateway.store.Tables.GOES_FIRST;
import static dev.drover.gateway.store.Tables.ID;
import static dev.drover.gateway.store.Tables.ITEM;
import static dev.drover.gateway.store.Tables.ROOM;
import static dev.drover.gateway.store.Tables.ROOM_TURN;
import static dev.drover.gateway.store.Tables.RUNS;
import static dev.drover.gateway.store.Tables.SHARE;
import static dev.drover.gateway.store.Tables.TURN;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomTurns;
import dev.drover.gateway.record.RoomTurns.Waiting;
import dev.drover.gateway.record.RoomWish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Who has room to run, and who waits for it. Whoever writes here is alone in the store. */
final class RoomTable {
    private final DSLContext sql;

    RoomTable(DSLContext sql) {
        this.sql = sql;
    }

    /** Refuses the commit where there is no room, or others are before it. */
    void take(String item, RoomWish wish) {
        if (sql.fetchExists(ROOM, ITEM.eq(item).and(RUNS.eq(1)))) {
            return;
        }
        RoomSight sight = sight(item, wish);
        if (!sight.free()) {
            throw new GatewayException(
                    Reason.REVISION_CONFLICT,
                    "%s has no room for %s: %d of %d run, %d wait before it"
                            .formatted(
                                    sight.place().place(),
                                    item,
                                    sight.running(),
                                    sight.place().most(),
                                    sight.before()),
                    ErrorDetails.NONE.with("item", item));
        }
        put(item, wish, 1);
        Field<Long> newest = max(TURN);
        Long before =
                sql.select(newest)
                        .from(ROOM_TURN)
                        .where(CLUSTER.eq(wish.cluster().place()))
                        .fetchOne(newest);
        long turn = before == null ? 1 : before + 1;
        sql.insertInto(ROOM_TURN, CLUSTER, SHARE, TURN)
                .values(wish.cluster().place(), wish.share(), turn)
                .onConflict(CLUSTER, SHARE)
                .doUpdate()
                .set(TURN, turn)
                .execute();
    }

    void await(String item, RoomWish wish) {
        if (!sql.fetchExists(ROOM, ITEM.eq(item).and(RUNS.eq(1)))) {
            put(item, wish, 0);
        }
    }

    /** Waits no more; what runs has its room until it leaves the list of work. */
    void leave(String item) {
        sql.deleteFrom(ROOM).where(ITEM.eq(item)).and(RUNS.eq(0)).execute();
    }

    RoomSight sight(String item, RoomWish wish) {
        List<Waiting> waiting = new ArrayList<>(waiting(CLUSTER.eq(wish.cluster().place())));
        long arrival = Long.MAX_VALUE;
        boolean registered = false;
        for (Waiting one : List.copyOf(waiting)) {
            if (one.item().equals(item)) {
                arrival = one.arrival();
                registered = one.wish().equals(wish);
                waiting.remove(one);
            }
        }
        Waiting self = new Waiting(item, wish, arrival);
        waiting.add(self);
        return turns(wish.cluster().place()).sight(self, waiting, registered);
    }

    /** Whoever could take room now. */
    List<String> next() {
        Map<String, List<Waiting>> byCluster = new HashMap<>();
        for (Waiting one : waiting(CLUSTER.isNotNull())) {
            byCluster
                    .computeIfAbsent(one.wish().cluster().place(), name -> new ArrayList<>())
                    .add(one);
        }
        List<String> next = new ArrayList<>();
        byCluster.forEach((cluster, waiting) ->
                turns(cluster).next(waiting).forEach(one -> next.add(one.item())));
        return List.copyOf(next);
    }

    private List<Waiting> waiting(Condition where) {
        return sql.select(
                        ID,
                        ITEM,
                        SHARE,
                        GOES_FIRST,
                        CLUSTER,
                        CLUSTER_MOST,
                        ENVIRONMENT,
                        ENVIRONMENT_MOST)
                .from(ROOM)
                .where(RUNS.eq(0))
                .and(where)
                .orderBy(ID)
                .fetch(row -> new Waiting(row.get(ITEM), wish(row), row.get(ID)));
    }

    private static RoomWish wish(Record row) {
        return new RoomWish(
                row.get(SHARE),
                row.get(GOES_FIRST) == 1,
                new RoomWish.Limit(row.get(CLUSTER), row.get(CLUSTER_MOST)),
                new RoomWish.Limit(row.get(ENVIRONMENT), row.get(ENVIRONMENT_MOST)));
    }

    private RoomTurns turns(String cluster) {
        Map<String, Integer> running = new HashMap<>();
        sql.select(ENVIRONMENT, count())
                .from(ROOM)
                .where(CLUSTER.eq(cluster))
                .and(RUNS.eq(1))
                .groupBy(ENVIRONMENT)
                .forEach(row -> {
                    running.put(row.value1(), row.value2());
                    running.merge(cluster, row.value2(), Integer::sum);
                });
        Map<String, Long> turns =
                sql.select(SHARE, TURN)
                        .from(ROOM_TURN)
                        .where(CLUSTER.eq(cluster))
                        .fetchMap(SHARE, TURN);
        return new RoomTurns(running, turns);
    }

    private void put(String item, RoomWish wish, int runs) {
        sql.insertInto(ROOM)
                .set(ITEM, item)
                .set(SHARE, wish.share())
                .set(GOES_FIRST, wish.first() ? 1 : 0)
                .set(CLUSTER, wish.cluster().place())
                .set(CLUSTER_MOST, wish.cluster().most())
                .set(ENVIRONMENT, wish.environment().place())
                .set(ENVIRONMENT_MOST, wish.environment().most())
                .set(RUNS, runs)
                .onConflict(ITEM)
                .doUpdate()
                .set(CLUSTER_MOST, wish.cluster().most())
                .set(ENVIRONMENT_MOST, wish.environment().most())
                .set(RUNS, runs)
                .execute();
    }
}
