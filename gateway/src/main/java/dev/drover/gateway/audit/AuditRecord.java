package dev.drover.gateway.audit;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * An entry of the log.
 *
 * @param seq its place, from 0, without gaps
 * @param time when it was committed
 * @param event what happened
 * @param leaf the canonical JSON that was hashed
 * @param leafHash SHA-256 of 0x00 and the leaf (RFC 6962 section 2.1)
 */
public record AuditRecord(
        long seq, Instant time, AuditEvent event, ByteString leaf, ByteString leafHash) {}
