package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;

/**
 * A promotion with all that belongs to it, and the revisions at which they were read.
 *
 * @param etag of the promotion
 */
record Loaded(
        Promotion promotion,
        long revision,
        String etag,
        Notes notes,
        long notesRevision,
        Lane lane,
        long laneRevision) {}
