package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.BODY;
import static dev.drover.gateway.store.Tables.DONE;
import static dev.drover.gateway.store.Tables.EFFECT;
import static dev.drover.gateway.store.Tables.FENCE;
import static dev.drover.gateway.store.Tables.FENCE_NUMBER;
import static dev.drover.gateway.store.Tables.HEARTBEAT;
import static dev.drover.gateway.store.Tables.ID;
import static dev.drover.gateway.store.Tables.ITEM;
import static dev.drover.gateway.store.Tables.KEY;
import static dev.drover.gateway.store.Tables.LANE;
import static dev.drover.gateway.store.Tables.NEWEST;
import static dev.drover.gateway.store.Tables.OWNER;
import static dev.drover.gateway.store.Tables.WORK;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.WorkList.Claim;
import dev.drover.gateway.record.WorkList.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;

/** The engine's list of work, its owners, and what is still to be done. */
final class WorkTable {
    private final DSLContext sql;

    WorkTable(DSLContext sql) {
        this.sql = sql;
    }

    /** Refuses the commit where a fence does not hold. Done before anything else of a commit. */
    void checkFences(List<WorkChange> changes) {
        for (WorkChange change : changes) {
            if (change instanceof WorkChange.Fence fence && !holds(fence)) {
                throw new GatewayException(
                        Reason.REVISION_CONFLICT,
                        "%s is not %s's any more (fence %d): another gateway took it over, or it is done"
                                .formatted(fence.item(), fence.owner(), fence.fence()),
                        ErrorDetails.NONE.with("item", fence.item()));
            }
        }
    }

    void apply(WorkChange change) {
        switch (change) {
            case WorkChange.Add add -> add(add);
            case WorkChange.Remove remove ->
                    sql.deleteFrom(WORK).where(ITEM.eq(remove.item())).execute();
            case WorkChange.Fence checkedBefore -> {}
            case WorkChange.TakeRoom take -> new RoomTable(sql).take(take.item(), take.wish());
            case WorkChange.AwaitRoom await -> new RoomTable(sql).await(await.item(), await.wish());
            case WorkChange.LeaveRoom leave -> new RoomTable(sql).leave(leave.item());
            case WorkChange.AddEffect effect -> addEffect(effect);
            case WorkChange.EffectDone done ->
                    sql.update(EFFECT)
                            .set(DONE, 1)
                            .where(ITEM.eq(done.item()))
                            .and(KEY.eq(done.key()))
                            .execute();
        }
    }

    /** Claims what nobody alive holds, oldest first, and never a part of another owner's lane. */
    List<Claim> claim(String owner, Instant now, Instant deadBefore, int limit) {
        Condition dead = HEARTBEAT.lt(Micros.of(deadBefore));
        Condition laneIsFree =
                LANE.notIn(
                        sql.select(LANE)
                                .from(WORK)
                                .where(OWNER.ne(owner))
                                .and(HEARTBEAT.ge(Micros.of(deadBefore))));
        List<Record2<String, String>> free =
                sql.select(ITEM, LANE)
                        .from(WORK)
                        .where(OWNER.isNull().or(dead))
                        .and(laneIsFree)
                        .orderBy(ID)
                        .limit(limit)
                        .fetch();
        List<Claim> claims = new ArrayList<>();
        for (Record2<String, String> row : free) {
            Claim claim = new Claim(row.value1(), row.value2(), nextFence());
            sql.update(WORK)
                    .set(OWNER, owner)
                    .set(HEARTBEAT, Micros.of(now))
                    .set(FENCE_NUMBER, claim.fence())
                    .where(ITEM.eq(claim.item()))
                    .execute();
            claims.add(claim);
        }
        return List.copyOf(claims);
    }

    List<Claim> heartbeat(String owner, Instant now) {
        sql.update(WORK).set(HEARTBEAT, Micros.of(now)).where(OWNER.eq(owner)).execute();
        return sql.select(ITEM, LANE, FENCE_NUMBER)
                .from(WORK)
                .where(OWNER.eq(owner))
                .orderBy(ID)
                .fetch(row -> new Claim(row.value1(), row.value2(), row.value3()));
    }

    List<Effect> effects(String item) {
        return sql.select(KEY, BODY)
                .from(EFFECT)
                .where(ITEM.eq(item))
                .and(DONE.eq(0))
                .orderBy(ID)
                .fetch(row -> new Effect(row.value1(), RecordTable.bytes(row.value2())));
    }

    private boolean holds(WorkChange.Fence fence) {
        return sql.fetchExists(
                sql.selectOne()
                        .from(WORK)
                        .where(ITEM.eq(fence.item()))
                        .and(OWNER.eq(fence.owner()))
                        .and(FENCE_NUMBER.eq(fence.fence())));
    }

    private void add(WorkChange.Add add) {
        sql.insertInto(WORK, ITEM, LANE, FENCE_NUMBER)
                .values(add.item(), add.lane(), 0L)
                .onConflict(ITEM)
                .doNothing()
                .execute();
    }

    private void addEffect(WorkChange.AddEffect effect) {
        if (!sql.fetchExists(sql.selectOne().from(WORK).where(ITEM.eq(effect.item())))) {
            throw new IllegalStateException(
                    "effect %s is of %s, which is not on the list of work"
                            .formatted(effect.key(), effect.item()));
        }
        sql.insertInto(EFFECT, ITEM, KEY, BODY)
                .values(effect.item(), effect.key(), effect.body().toByteArray())
                .onConflict(ITEM, KEY)
                .doNothing()
                .execute();
    }

    private long nextFence() {
        return sql.update(FENCE)
                .set(NEWEST, NEWEST.plus(1))
                .returningResult(NEWEST)
                .fetchSingle(NEWEST);
    }
}
