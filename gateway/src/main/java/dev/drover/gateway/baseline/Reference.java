package dev.drover.gateway.baseline;

import dev.drover.gateway.record.RecordKey;

/**
 * A field that names another noun.
 *
 * @param path where, in proto names, relative to the noun; {@code parent} for the parent
 * @param type resource type of what it names
 * @param target what it names
 */
public record Reference(String path, String type, RecordKey target) {}
