package dev.drover.provider.framework;

/** What stands where there is no value to show. */
public enum Absent implements Value {
    /** No value. */
    NULL,

    /** A value that only the apply will show. */
    UNKNOWN
}
