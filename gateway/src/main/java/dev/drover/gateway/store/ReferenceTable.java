package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.KIND;
import static dev.drover.gateway.store.Tables.NAME;
import static dev.drover.gateway.store.Tables.REFERENCE;
import static dev.drover.gateway.store.Tables.TARGET_KIND;
import static dev.drover.gateway.store.Tables.TARGET_NAME;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Write;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Which records refer to which, and the two refusals that follow from it. */
final class ReferenceTable {
    private static final int SHOWN = 20;

    private final DSLContext sql;
    private final RecordTable records;

    ReferenceTable(DSLContext sql) {
        this.sql = sql;
        this.records = new RecordTable(sql);
    }

    List<RecordKey> referrers(RecordKey target) {
        return sql.select(KIND, NAME)
                .from(REFERENCE)
                .where(TARGET_KIND.eq(target.kind()))
                .and(TARGET_NAME.eq(target.name()))
                .orderBy(KIND, NAME)
                .limit(SHOWN)
                .fetch(row -> new RecordKey(row.value1(), row.value2()));
    }

    /** Replaces what a record refers to. The references of a deleted record go with it. */
    void replace(Write.Put put) {
        if (put.expectedRevision() != Write.ABSENT) {
            sql.deleteFrom(REFERENCE).where(KIND.eq(put.kind())).and(NAME.eq(put.name())).execute();
        }
        for (RecordKey target : new LinkedHashSet<>(put.references())) {
            sql.insertInto(REFERENCE, KIND, NAME, TARGET_KIND, TARGET_NAME)
                    .values(put.kind(), put.name(), target.kind(), target.name())
                    .execute();
        }
    }

    /** Refuses a commit whose writes, all done by now, leave a reference without its target. */
    void check(List<Write> writes) {
        Set<RecordKey> found = new LinkedHashSet<>();
        for (Write write : writes) {
            switch (write) {
                case Write.Put put -> {
                    for (RecordKey target : put.references()) {
                        if (found.add(target) && !records.exists(target.kind(), target.name())) {
                            throw missing(put, target);
                        }
                    }
                }
                case Write.Delete delete -> {
                    RecordKey deleted = new RecordKey(delete.kind(), delete.name());
                    List<RecordKey> referrers = referrers(deleted);
                    if (!referrers.isEmpty()) {
                        throw stillReferenced(deleted, referrers);
                    }
                }
                case Write.Expect nothingWritten -> {}
            }
        }
    }

    private static GatewayException missing(Write.Put put, RecordKey target) {
        return new GatewayException(
                Reason.REFERENCE_NOT_FOUND,
                "%s refers to %s, which does not exist; create that first"
                        .formatted(put.name(), target.name()),
                ErrorDetails.resource("drover.dev/" + target.kind(), target.name())
                        .with("referrer", put.name()));
    }

    private static GatewayException stillReferenced(RecordKey target, List<RecordKey> referrers) {
        List<String> names = referrers.stream().map(RecordKey::name).toList();
        ErrorDetails details =
                ErrorDetails.preconditions(
                        names.stream()
                                .map(name ->
                                        new PreconditionViolation(
                                                "REFERENCE",
                                                name,
                                                name + " refers to " + target.name()))
                                .toList());
        return new GatewayException(
                Reason.STILL_REFERENCED,
                "%s cannot be deleted: %s%s refer%s to it; change or delete that first"
                        .formatted(
                                target.name(),
                                String.join(", ", names),
                                names.size() == SHOWN ? " and perhaps more" : "",
                                names.size() == 1 ? "s" : ""),
                details);
    }
}
