package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.BODY;
import static dev.drover.gateway.store.Tables.CHANGE;
import static dev.drover.gateway.store.Tables.KIND;
import static dev.drover.gateway.store.Tables.NAME;
import static dev.drover.gateway.store.Tables.POSITION;
import static dev.drover.gateway.store.Tables.REVISION;

import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.StoredRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Record5;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes in the order of commits. Positions have no gaps, and the newest change is
 * always kept: it is where the next position comes from.
 */
final class ChangeTable {
    private static final Field<Long> LENGTH =
            DSL.coalesce(DSL.field("length({0})", Long.class, BODY), 0L);

    private final DSLContext sql;

    ChangeTable(DSLContext sql) {
        this.sql = sql;
    }

    void addPut(StoredRecord now) {
        add(new RecordKey(now.kind(), now.name()), now.revision(), now.body().toByteArray());
    }

    void addDelete(RecordKey key, long lastRevision) {
        add(key, lastRevision, null);
    }

    private void add(RecordKey key, long revision, byte @Nullable [] body) {
        sql.insertInto(CHANGE, POSITION, KIND, NAME, REVISION, BODY)
                .values(newest() + 1, key.kind(), key.name(), revision, body)
                .execute();
    }

    long newest() {
        return number(sql.select(DSL.max(POSITION)).from(CHANGE).fetchOne(0, Long.class));
    }

    private long oldest() {
        return number(sql.select(DSL.min(POSITION)).from(CHANGE).fetchOne(0, Long.class));
    }

    /** To be called in one transaction. */
    Optional<List<RecordChange>> after(long position, int limit) {
        if (position > newest() || position < oldest() - 1) {
            return Optional.empty();
        }
        return Optional.of(
                sql.select(POSITION, KIND, NAME, REVISION, BODY)
                        .from(CHANGE)
                        .where(POSITION.gt(position))
                        .orderBy(POSITION)
                        .limit(limit)
                        .fetch(ChangeTable::change));
    }

    /** Forgets the oldest changes, down to nine tenths of what may be kept. */
    void prune(ChangeRetention retention) {
        long newest = newest();
        if (newest - oldest() + 1 > retention.maxChanges()) {
            forgetUpTo(newest - retention.maxChanges() * 9 / 10);
        }
        long budget = retention.maxBytes();
        if (number(sql.select(DSL.sum(LENGTH)).from(CHANGE).fetchOne(0, Long.class)) > budget) {
            forgetUpTo(Math.min(newest - 1, lastBeyond(budget * 9 / 10)));
        }
    }

    /** The newest change with which all bodies from it on need more than so many bytes. */
    private long lastBeyond(long maxBytes) {
        long bytes = 0;
        for (Record2<Long, Long> row :
                sql.select(POSITION, LENGTH).from(CHANGE).orderBy(POSITION.desc()).fetch()) {
            bytes += row.value2();
            if (bytes > maxBytes) {
                return row.value1();
            }
        }
        return 0;
    }

    private void forgetUpTo(long position) {
        sql.deleteFrom(CHANGE).where(POSITION.le(position)).execute();
    }

    private static RecordChange change(Record5<Long, String, String, Long, byte[]> row) {
        RecordKey key = new RecordKey(row.value2(), row.value3());
        Optional<StoredRecord> record =
                Optional.ofNullable(row.value5())
                        .map(RecordTable::bytes)
                        .map(body -> new StoredRecord(key.kind(), key.name(), row.value4(), body));
        return new RecordChange(row.value1(), key, record);
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
