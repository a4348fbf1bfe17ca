package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.AUDIT_ENTRY;
import static dev.drover.gateway.store.Tables.AUDIT_TREE;
import static dev.drover.gateway.store.Tables.LEAF;
import static dev.drover.gateway.store.Tables.LEAF_HASH;
import static dev.drover.gateway.store.Tables.PEAKS;
import static dev.drover.gateway.store.Tables.SEQ;
import static dev.drover.gateway.store.Tables.SIZE;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditLeaf;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.audit.MerkleTree;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** The audit log and the tree over it. */
final class AuditTable {
    private final DSLContext sql;

    AuditTable(DSLContext sql) {
        this.sql = sql;
    }

    void append(List<AuditEvent> events, Instant time) {
        if (events.isEmpty()) {
            return;
        }
        MerkleTree tree = tree();
        for (AuditEvent event : events) {
            AuditRecord entry = AuditLeaf.record(tree.size(), time, event);
            sql.insertInto(AUDIT_ENTRY, SEQ, LEAF, LEAF_HASH)
                    .values(entry.seq(), entry.leaf().toByteArray(), entry.leafHash().toByteArray())
                    .execute();
            tree = tree.plus(entry.leafHash());
        }
        sql.update(AUDIT_TREE)
                .set(SIZE, tree.size())
                .set(PEAKS, tree.peakBytes().toByteArray())
                .execute();
    }

    List<AuditRecord> entries(long from, int limit) {
        return sql.select(SEQ, LEAF, LEAF_HASH)
                .from(AUDIT_ENTRY)
                .where(SEQ.ge(from))
                .orderBy(SEQ)
                .limit(limit)
                .fetch(row ->
                        AuditLeaf.parse(
                                row.value1(),
                                RecordTable.bytes(row.value2()),
                                RecordTable.bytes(row.value3())));
    }

    MerkleTree tree() {
        return sql.select(SIZE, PEAKS)
                .from(AUDIT_TREE)
                .fetchSingle(row -> MerkleTree.of(row.value1(), RecordTable.bytes(row.value2())));
    }
}
