package dev.drover.gateway.baseline;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.protobuf.Message;
import dev.drover.gateway.record.StoredRecord;

/**
 * What records say, read once for as long as the very same record is given: a store that keeps
 * records gives it again until it is changed.
 */
final class KnownNouns {
    /** Of records; what they say takes a few times as much. */
    private static final long BYTES_MAX = 8 << 20;

    private static final int OVERHEAD_BYTES = 200;

    /** By identity: a record that is changed is another. */
    private final Cache<StoredRecord, Message> nouns =
            CacheBuilder.newBuilder()
                    .weakKeys()
                    .maximumWeight(BYTES_MAX)
                    .weigher((StoredRecord record, Message noun) ->
                            OVERHEAD_BYTES + record.body().size())
                    .build();

    <M extends Message> M read(Kind<M> kind, StoredRecord record) {
        Message known = nouns.getIfPresent(record);
        if (known != null) {
            return kind.cast(known);
        }
        M noun = kind.read(record);
        nouns.put(record, noun);
        return noun;
    }
}
