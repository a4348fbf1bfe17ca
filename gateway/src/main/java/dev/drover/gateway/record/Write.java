package dev.drover.gateway.record;

import com.google.protobuf.ByteString;
import java.util.List;

/** One change of a record, as a part of a {@link Commit}. */
public sealed interface Write {
    /** Revision to expect where a record must not exist yet. */
    long ABSENT = 0;

    /** Revision to expect where any will do, or none. */
    long ANY = -1;

    /** The kind of the record. */
    String kind();

    /** The resource name of the record. */
    String name();

    /**
     * Creates or replaces a record.
     *
     * @param expectedRevision {@link #ABSENT}, {@link #ANY}, or the revision that was read
     * @param references what it refers to; each must exist when the commit happens, and cannot be
     *     deleted afterwards
     */
    record Put(
            String kind,
            String name,
            long expectedRevision,
            ByteString body,
            List<RecordKey> references)
            implements Write {
        public Put {
            references = List.copyOf(references);
        }
    }

    /**
     * Deletes a record; refused while others refer to it.
     *
     * @param expectedRevision {@link #ANY} or the revision that was read
     */
    record Delete(String kind, String name, long expectedRevision) implements Write {}

    /**
     * Changes nothing: refuses the whole commit with REVISION_CONFLICT where the record is another
     * than the one that was read.
     *
     * @param expectedRevision {@link #ABSENT} or the revision that was read
     */
    record Expect(String kind, String name, long expectedRevision) implements Write {}
}
