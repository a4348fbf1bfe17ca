package dev.drover.gateway.store;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.StoredRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records that were read of late, as the last commit left them: right only because this process
 * alone writes. The writer says what a commit changes before it commits, and when it has: a read
 * that began before the end of a commit is not kept, so that nobody is told of a change and then
 * shown what was there before.
 */
final class RecentRecords {
    private static final long BYTES_MAX = 32 << 20;
    private static final int OVERHEAD_BYTES = 200;

    private final Cache<RecordKey, Optional<StoredRecord>> records =
            CacheBuilder.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .weigher((RecordKey key, Optional<StoredRecord> record) ->
                            OVERHEAD_BYTES + record.map(RecentRecords::bytes).orElse(0))
                    .build();

    private final Cache<Listing, List<StoredRecord>> lists =
            CacheBuilder.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .weigher((Listing listing, List<StoredRecord> found) ->
                            OVERHEAD_BYTES + found.stream().mapToInt(RecentRecords::bytes).sum())
                    .build();

    /** How often something of a kind was changed: lists of before are not found any more. */
    private final Map<String, Long> changes = new HashMap<>();

    private long commits;
    private boolean committing;

    private record Listing(String kind, long changes, String prefix, String after, int limit) {}

    Optional<StoredRecord> get(RecordKey key, Supplier<Optional<StoredRecord>> read) {
        Optional<StoredRecord> known = records.getIfPresent(key);
        if (known != null) {
            return known;
        }
        long before = commits();
        Optional<StoredRecord> found = read.get();
        keep(before, () -> records.put(key, found));
        return found;
    }

    List<StoredRecord> list(
            String kind,
            String prefix,
            String after,
            int limit,
            Supplier<List<StoredRecord>> read) {
        Listing listing = new Listing(kind, changes(kind), prefix, after, limit);
        List<StoredRecord> known = lists.getIfPresent(listing);
        if (known != null) {
            return known;
        }
        long before = commits();
        List<StoredRecord> found = List.copyOf(read.get());
        keep(before, () -> lists.put(listing, found));
        return found;
    }

    /** A commit that changes these is about to happen. */
    synchronized void committing(Collection<RecordKey> changed) {
        committing = true;
        commits++;
        records.invalidateAll(changed);
        changed.forEach(key -> changes.merge(key.kind(), 1L, Long::sum));
    }

    /** It has happened. */
    synchronized void committed() {
        committing = false;
        commits++;
    }

    /** Whether it has happened is not known. */
    synchronized void failed() {
        committing = false;
        commits++;
        records.invalidateAll();
        lists.invalidateAll();
    }

    private synchronized long commits() {
        return commits;
    }

    private synchronized long changes(String kind) {
        return changes.getOrDefault(kind, 0L);
    }

    private synchronized void keep(long commitsBefore, Runnable put) {
        if (!committing && commits == commitsBefore) {
            put.run();
        }
    }

    private static int bytes(StoredRecord record) {
        return OVERHEAD_BYTES + record.body().size();
    }
}
