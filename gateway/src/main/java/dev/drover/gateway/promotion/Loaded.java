package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;

/** A promotion with all that belongs to it, and the revisions at which they were read. */
record Loaded(
        Promotion promotion,
        long revision,
        Notes notes,
        long notesRevision,
        Lane lane,
        long laneRevision) {}
