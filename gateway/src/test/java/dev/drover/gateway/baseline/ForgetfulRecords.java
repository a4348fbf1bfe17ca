package dev.drover.gateway.baseline;

import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records that have forgotten every change up to the time at which they were made. */
record ForgetfulRecords(Records records, long forgotten) implements Records {
    ForgetfulRecords(Records records) {
        this(records, records.position());
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return position < forgotten ? Optional.empty() : records.changesAfter(position, limit);
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
    public long commit(Commit commit, Instant time) {
        return records.commit(commit, time);
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
    public AutoCloseable onCommit(Runnable wake) {
        return records.onCommit(wake);
    }
}
