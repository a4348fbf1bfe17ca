package dev.drover.gateway.promotion;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.drover.gateway.record.StoredRecord;
import java.util.function.Function;

/**
 * What records of one kind say, read once for as long as the very same record is given: a promotion
 * is looked at far more often than it changes.
 *
 * @param <T> immutable
 */
final class KnownRecords<T> {
    /** Of records; what they say takes a few times as much. */
    private static final long BYTES_MAX = 8 << 20;

    private static final int OVERHEAD_BYTES = 200;

    private final Function<StoredRecord, T> reader;

    /** By identity: a record that is changed is another. */
    private final Cache<StoredRecord, T> known =
            CacheBuilder.newBuilder()
                    .weakKeys()
                    .maximumWeight(BYTES_MAX)
                    .weigher((StoredRecord record, T said) -> OVERHEAD_BYTES + record.body().size())
                    .build();

    KnownRecords(Function<StoredRecord, T> reader) {
        this.reader = reader;
    }

    T read(StoredRecord record) {
        T before = known.getIfPresent(record);
        if (before != null) {
            return before;
        }
        T said = reader.apply(record);
        known.put(record, said);
        return said;
    }
}
