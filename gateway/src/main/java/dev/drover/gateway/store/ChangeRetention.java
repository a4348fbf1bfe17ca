package dev.drover.gateway.store;

/**
 * How many of the newest changes are kept for watchers that come back.
 *
 * @param maxChanges how many at most
 * @param maxBytes how large their bodies may be together
 */
record ChangeRetention(long maxChanges, long maxBytes) {
    static final ChangeRetention DEFAULT = new ChangeRetention(100_000, 64L << 20);
}
