package dev.drover.gateway.store;

import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Write;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;

/** All of one {@link Commit}, inside a transaction that somebody else begins and ends. */
final class CommitStatements {
    private final RecordTable records;
    private final ReferenceTable references;
    private final ChangeTable changes;
    private final AuditTable audit;
    private final ReceiptTable receipts;
    private final WorkTable work;

    CommitStatements(DSLContext sql) {
        records = new RecordTable(sql);
        references = new ReferenceTable(sql);
        changes = new ChangeTable(sql);
        audit = new AuditTable(sql);
        receipts = new ReceiptTable(sql);
        work = new WorkTable(sql);
    }

    /** Returns the position of the newest change. */
    long run(Commit commit, Instant time) {
        refuseRepeatedNames(commit);
        work.checkFences(commit.work());
        commit.receipt().ifPresent(receipts::add);
        for (Write write : commit.writes()) {
            write(write);
        }
        references.check(commit.writes());
        commit.work().forEach(work::apply);
        audit.append(commit.events(), time);
        return changes.newest();
    }

    private void write(Write write) {
        switch (write) {
            case Write.Put put -> {
                changes.addPut(records.put(put));
                references.replace(put);
            }
            case Write.Delete delete -> {
                RecordKey key = new RecordKey(delete.kind(), delete.name());
                records.delete(delete).ifPresent(revision -> changes.addDelete(key, revision));
            }
            case Write.Expect expect -> records.check(expect);
        }
    }

    private static void refuseRepeatedNames(Commit commit) {
        Set<RecordKey> seen = new HashSet<>();
        for (Write write : commit.writes()) {
            if (!seen.add(new RecordKey(write.kind(), write.name()))) {
                throw new IllegalArgumentException("one commit writes " + write.name() + " twice");
            }
        }
    }
}
