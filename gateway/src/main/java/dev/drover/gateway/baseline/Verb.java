package dev.drover.gateway.baseline;

/** A standard method. */
public enum Verb {
    /** Creates with an id that the caller chooses. */
    CREATE,
    /** Reads one. */
    GET,
    /** Reads many, page by page. */
    LIST,
    /** Changes the fields that a mask names. */
    UPDATE,
    /** Deletes. */
    DELETE,
    /** Streams what exists and then the changes. */
    WATCH
}
