package dev.drover.gateway.operation;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.v1.AuditEntry;
import java.time.Instant;
import java.util.TreeMap;

/** Entries of the log as messages. */
final class AuditEntries {
    private AuditEntries() {}

    static AuditEntry message(AuditRecord entry) {
        AuditEvent event = entry.event();
        Struct.Builder details = Struct.newBuilder();
        new TreeMap<>(event.details())
                .forEach((key, value) ->
                        details.putFields(key, Value.newBuilder().setStringValue(value).build()));
        return AuditEntry.newBuilder()
                .setName("auditEntries/" + entry.seq())
                .setSeq(entry.seq())
                .setCreateTime(timestamp(entry.time()))
                .setActor(event.actor())
                .setAction(event.action())
                .setResource(event.resource())
                .setSummary(event.summary())
                .setDetails(details)
                .setRequestId(event.requestId())
                .setLeaf(entry.leaf())
                .setLeafHash(entry.leafHash())
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
