package dev.drover.gateway.record;

import com.google.protobuf.ByteString;

/**
 * A record as it is stored.
 *
 * @param kind what it is, for example {@code Environment}; kinds of the API carry the message's
 *     name
 * @param name resource name, unique in its kind
 * @param revision 1 at creation, one more with every write
 * @param body a serialized message; what it means depends on the kind
 */
public record StoredRecord(String kind, String name, long revision, ByteString body) {}
