package dev.drover.gateway.record;

import java.util.Optional;

/**
 * One change in the order of commits.
 *
 * @param position grows with every change
 * @param key what changed
 * @param record what it is since; empty: deleted
 */
public record RecordChange(long position, RecordKey key, Optional<StoredRecord> record) {}
