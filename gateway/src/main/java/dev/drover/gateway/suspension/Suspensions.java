package dev.drover.gateway.suspension;

import com.google.protobuf.ByteString;
import dev.drover.gateway.baseline.AnyNoun;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Suspension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which suspensions there are, and how often that changed: whoever starts something commits that it
 * did not since they were looked at, so that nothing starts after a suspension was answered.
 */
public final class Suspensions {
    private static final String LINE = "Line";
    private static final String NAME = "line";

    private Suspensions() {}

    /** The kind of suspensions, for the table of kinds: the generic service serves its reads. */
    public static Kind<Suspension> kind() {
        return Kind.of(Suspension.getDefaultInstance(), new AnyNoun<>()).onlyReads();
    }

    /** Those that have not ended. */
    public static List<Suspension> inForce(Lookup lookup, Instant now) {
        return lookup.list(Suspension.class, "").stream()
                .map(Versioned::message)
                .filter(one -> !ended(one, now))
                .toList();
    }

    /** Whether its time is over. */
    public static boolean ended(Suspension suspension, Instant now) {
        return end(suspension).filter(end -> !end.isAfter(now)).isPresent();
    }

    /** When its time is over. */
    public static Optional<Instant> end(Suspension suspension) {
        return suspension.hasExpireTime()
                ? Optional.of(
                        Instant.ofEpochSecond(
                                suspension.getExpireTime().getSeconds(),
                                suspension.getExpireTime().getNanos()))
                : Optional.empty();
    }

    /** To be read before suspensions are, and committed with what must not start under others. */
    public static Write unchanged(Records records) {
        return new Write.Expect(
                LINE,
                NAME,
                records.get(LINE, NAME).map(StoredRecord::revision).orElse(Write.ABSENT));
    }

    /** A part of every commit that changes suspensions. */
    static Write changed() {
        return new Write.Put(LINE, NAME, Write.ANY, ByteString.EMPTY, List.of());
    }
}
