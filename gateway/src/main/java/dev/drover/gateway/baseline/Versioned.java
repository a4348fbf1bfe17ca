package dev.drover.gateway.baseline;

import com.google.protobuf.Message;

/**
 * A noun and the revision it was read at.
 *
 * @param message with its etag
 * @param revision of its record
 */
public record Versioned<M extends Message>(M message, long revision) {}
