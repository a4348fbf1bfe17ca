package dev.drover.gateway.promotion;

import dev.drover.gateway.baseline.Etags;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Promotion;

/**
 * A promotion with all that belongs to it, and the revisions at which they were read.
 *
 * @param stored the promotion's record
 */
record Loaded(
        Promotion promotion,
        StoredRecord stored,
        Notes notes,
        long notesRevision,
        Lane lane,
        long laneRevision) {
    long revision() {
        return stored.revision();
    }

    /** Of the promotion; made where somebody asks, which the engine does not. */
    String etag() {
        return Etags.of(stored);
    }
}
