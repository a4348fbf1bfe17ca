package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.BODY;
import static dev.drover.gateway.store.Tables.KIND;
import static dev.drover.gateway.store.Tables.NAME;
import static dev.drover.gateway.store.Tables.RECORD;
import static dev.drover.gateway.store.Tables.REVISION;

import com.google.protobuf.ByteString;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads and writes of the table of records. */
final class RecordTable {
    private final DSLContext sql;

    RecordTable(DSLContext sql) {
        this.sql = sql;
    }

    Optional<StoredRecord> get(String kind, String name) {
        return sql.select(REVISION, BODY)
                .from(RECORD)
                .where(is(kind, name))
                .fetchOptional(
                        row -> new StoredRecord(kind, name, row.value1(), bytes(row.value2())));
    }

    List<StoredRecord> list(String kind, String prefix, String after, int limit) {
        Condition names = NAME.gt(after).and(NAME.ge(prefix));
        Optional<String> end = NameRange.end(prefix);
        return sql.select(NAME, REVISION, BODY)
                .from(RECORD)
                .where(KIND.eq(kind))
                .and(end.map(NAME::lt).map(names::and).orElse(names))
                .orderBy(NAME)
                .limit(limit)
                .fetch(row ->
                        new StoredRecord(kind, row.value1(), row.value2(), bytes(row.value3())));
    }

    boolean exists(String kind, String name) {
        return sql.fetchExists(sql.selectOne().from(RECORD).where(is(kind, name)));
    }

    /** Writes it; the result is the record as it is now. */
    StoredRecord put(Write.Put put) {
        byte[] body = put.body().toByteArray();
        Optional<Long> revision;
        if (put.expectedRevision() == Write.ABSENT) {
            revision = insert(put, body);
        } else if (put.expectedRevision() == Write.ANY) {
            revision = upsert(put, body);
        } else {
            revision = update(put, body);
        }
        return new StoredRecord(
                put.kind(), put.name(), revision.orElseThrow(() -> conflict(put)), put.body());
    }

    /** Deletes it; the result is the revision that it had, if it was there. */
    Optional<Long> delete(Write.Delete delete) {
        Condition which = is(delete.kind(), delete.name());
        if (delete.expectedRevision() != Write.ANY) {
            which = which.and(REVISION.eq(delete.expectedRevision()));
        }
        Optional<Long> deleted =
                sql.deleteFrom(RECORD)
                        .where(which)
                        .returningResult(REVISION)
                        .fetchOptional(REVISION);
        if (deleted.isEmpty() && delete.expectedRevision() != Write.ANY) {
            throw changed(delete.kind(), delete.name(), delete.expectedRevision());
        }
        return deleted;
    }

    /** Refuses where it is another than the expected one. */
    void check(Write.Expect expect) {
        long present =
                get(expect.kind(), expect.name()).map(StoredRecord::revision).orElse(Write.ABSENT);
        if (present != expect.expectedRevision()) {
            throw changed(expect.kind(), expect.name(), expect.expectedRevision());
        }
    }

    private Optional<Long> insert(Write.Put put, byte[] body) {
        int rows =
                sql.insertInto(RECORD, KIND, NAME, REVISION, BODY)
                        .values(put.kind(), put.name(), 1L, body)
                        .onConflict(KIND, NAME)
                        .doNothing()
                        .execute();
        return rows == 0 ? Optional.empty() : Optional.of(1L);
    }

    private Optional<Long> upsert(Write.Put put, byte[] body) {
        sql.insertInto(RECORD, KIND, NAME, REVISION, BODY)
                .values(put.kind(), put.name(), 1L, body)
                .onConflict(KIND, NAME)
                .doUpdate()
                .set(REVISION, DSL.field(DSL.name("record", "revision"), Long.class).plus(1))
                .set(BODY, body)
                .execute();
        // Asked for apart: jOOQ finds what SQLite returns by the last inserted row, and an update
        // inserts none.
        return sql.select(REVISION)
                .from(RECORD)
                .where(is(put.kind(), put.name()))
                .fetchOptional(REVISION);
    }

    private Optional<Long> update(Write.Put put, byte[] body) {
        int rows =
                sql.update(RECORD)
                        .set(REVISION, put.expectedRevision() + 1)
                        .set(BODY, body)
                        .where(is(put.kind(), put.name()))
                        .and(REVISION.eq(put.expectedRevision()))
                        .execute();
        return rows == 0 ? Optional.empty() : Optional.of(put.expectedRevision() + 1);
    }

    private GatewayException conflict(Write.Put put) {
        if (put.expectedRevision() == Write.ABSENT) {
            return new GatewayException(
                    Reason.ALREADY_EXISTS,
                    put.name() + " exists already; choose another id, or change what is there",
                    ErrorDetails.resource("drover.dev/" + put.kind(), put.name()));
        }
        return changed(put.kind(), put.name(), put.expectedRevision());
    }

    private GatewayException changed(String kind, String name, long expected) {
        long present = get(kind, name).map(StoredRecord::revision).orElse(Write.ABSENT);
        String now =
                present == Write.ABSENT ? "does not exist any more" : "has revision " + present;
        return new GatewayException(
                Reason.REVISION_CONFLICT,
                "%s %s, not %d as expected; read it again".formatted(name, now, expected),
                ErrorDetails.resource("drover.dev/" + kind, name)
                        .with("expected_revision", Long.toString(expected))
                        .with("present_revision", Long.toString(present)));
    }

    private static Condition is(String kind, String name) {
        return KIND.eq(kind).and(NAME.eq(name));
    }

    static ByteString bytes(byte[] value) {
        return ByteString.copyFrom(value);
    }
}
