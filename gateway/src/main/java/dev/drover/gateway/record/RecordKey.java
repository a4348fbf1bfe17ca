package dev.drover.gateway.record;

/**
 * What identifies a record.
 *
 * @param kind what it is
 * @param name resource name
 */
public record RecordKey(String kind, String name) {}
