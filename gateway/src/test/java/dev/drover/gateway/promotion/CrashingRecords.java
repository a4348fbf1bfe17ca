package dev.drover.gateway.promotion;

import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Records of a gateway that dies at its commits: right before one, or right after. */
final class CrashingRecords implements Records {
    private final Records records;
    private final Supplier<Moment> fate;

    CrashingRecords(Records records, Supplier<Moment> fate) {
        this.records = records;
        this.fate = fate;
    }

    /** When the gateway dies. */
    enum Moment {
        NEVER,
        BEFORE,
        AFTER
    }

    /** The gateway is dead: nothing that it held in memory is there any more. */
    static final class Crash extends RuntimeException {}

    @Override
    public long commit(Commit commit, Instant time) {
        Moment moment = fate.get();
        if (moment == Moment.BEFORE) {
            throw new Crash();
        }
        long position = records.commit(commit, time);
        if (moment == Moment.AFTER) {
            throw new Crash();
        }
        return position;
    }

    @Override
    public Optional<StoredRecord> get(String kind, String name) {
        return records.get(kind, name);
    }

    @Override
    public List<StoredRecord> list(String kind, String prefix, String after, int limit) {
        return records.list(kind, prefix, after, limit);
    }

    @Override
    public List<RecordKey> referrers(RecordKey target) {
        return records.referrers(target);
    }

    @Override
    public Optional<Receipt> receipt(String caller, String requestId, Instant now) {
        return records.receipt(caller, requestId, now);
    }

    @Override
    public long position() {
        return records.position();
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return records.changesAfter(position, limit);
    }

    @Override
    public AutoCloseable onCommit(Runnable wake) {
        return records.onCommit(wake);
    }
}
