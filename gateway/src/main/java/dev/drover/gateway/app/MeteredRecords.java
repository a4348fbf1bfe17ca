package dev.drover.gateway.app;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Measures commits, and counts audit events by action: every step of a promotion is one of them, so
 * that this tells how promotions go.
 */
final class MeteredRecords implements Records {
    private final Records records;
    private final MeterRegistry registry;

    MeteredRecords(Records records, MeterRegistry registry) {
        this.records = records;
        this.registry = registry;
    }

    @Override
    public long commit(Commit commit, Instant time) {
        long start = System.nanoTime();
        String outcome = "FAILED";
        try {
            long position = records.commit(commit, time);
            outcome = "OK";
            commit.events()
                    .forEach(event ->
                            registry.counter("drover.audit.events", "action", event.action())
                                    .increment());
            return position;
        } catch (GatewayException refusal) {
            outcome = refusal.reason().name();
            throw refusal;
        } finally {
            Timer.builder("drover.store.commits")
                    .description("Commits of the store, waiting for the disk included")
                    .tag("outcome", outcome)
                    .publishPercentiles(0.5, 0.99)
                    .register(registry)
                    .record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    @Override
    public Optional<StoredRecord> get(String kind, String name) {
        return records.get(kind, name);
    }

    @Override
    public List<StoredRecord> list(String kind, String prefix, String after, int limit) {
        return records.list(kind, prefix, after, limit);
    }

    @Override
    public List<RecordKey> referrers(RecordKey target) {
        return records.referrers(target);
    }

    @Override
    public Optional<Receipt> receipt(String caller, String requestId, Instant now) {
        return records.receipt(caller, requestId, now);
    }

    @Override
    public long position() {
        return records.position();
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return records.changesAfter(position, limit);
    }

    @Override
    public AutoCloseable onCommit(Runnable wake) {
        return records.onCommit(wake);
    }
}
