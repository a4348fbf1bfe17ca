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
import java.util.concurrent.atomic.AtomicBoolean;

/** The real records, seen through something that a test puts in between. */
class RecordsBetween implements Records {
    private final Records records;

    RecordsBetween(Records records) {
        this.records = records;
    }

    /** Records that have forgotten every change up to now. */
    static Records forgetful(Records records) {
        long forgotten = records.position();
        return new RecordsBetween(records) {
            @Override
            public Optional<List<RecordChange>> changesAfter(long position, int limit) {
                return position < forgotten
                        ? Optional.empty()
                        : super.changesAfter(position, limit);
            }
        };
    }

    /** Records in which something happens right after the first look for a kept answer. */
    static Records overtaken(Records records, Runnable overtake) {
        AtomicBoolean first = new AtomicBoolean(true);
        return new RecordsBetween(records) {
            @Override
            public Optional<Receipt> receipt(String caller, String requestId, Instant now) {
                Optional<Receipt> kept = super.receipt(caller, requestId, now);
                if (first.getAndSet(false)) {
                    overtake.run();
                }
                return kept;
            }
        };
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return records.changesAfter(position, limit);
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
