package dev.drover.gateway.record;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * The answer to a request that carried a request id, kept so that the same request gets the same
 * answer.
 *
 * @param caller who asked; request ids of different callers have nothing to do with one another
 * @param requestId the caller's id
 * @param requestDigest SHA-256 of method and request, to tell a repetition from another request
 * @param response the serialized answer
 * @param createTime when; kept for 24 hours
 */
public record Receipt(
        String caller,
        String requestId,
        ByteString requestDigest,
        ByteString response,
        Instant createTime) {}
